// Mercurius with graphql-jit on the benchmark's tables: resolvers and loaders written by hand. `node mercurius.mjs PORT` serves the fastest
// that was found; with `--loaders` every relation has its loader, and statements are sent as pg sends them, as Mercurius's documentation does.

import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

import { SCHEMA } from "./schema.mjs";
import { CHANGE_STATUS, WORKSPACE } from "./statements.mjs";

// Instants stay the text that PostgreSQL writes: no Date is made of what is only handed on.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => `${text.replace(" ", "T")}:00`);

const pool = new pg.Pool({ connectionString: process.env.BENCH_DSN, options: "-c TimeZone=UTC", min: 10, max: 10, idleTimeoutMillis: 0 });

const BY_LOADERS = process.argv[3] === "--loaders";

// Each connection prepares a statement once, under a name of its own.
const names = new Map();
async function rows(text, values) {
  if (BY_LOADERS) return (await pool.query(text, values)).rows;
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `s${names.size}`));
  return (await pool.query({ name, text, values })).rows;
}

// --- leads: one statement, with the columns and the to-one relations that the selection reads -----------------------------------------------

const NAME = "nullif(concat_ws(' ', nullif(l.first_name, ''), nullif(l.last_name, '')), '') AS name";
const OF_LEADS = {
  id: "l.id",
  version: "l.version",
  status: "l.status",
  grade: "l.grade",
  temperature: "l.temperature",
  priority: "l.priority",
  notes: "l.notes",
  name: NAME,
  createdAt: 'l.created_at AS "createdAt"',
  updatedAt: 'l.updated_at AS "updatedAt"',
  lastActivityAt: 'l.last_activity_at AS "lastActivityAt"',
  contact: 'l.first_name AS "firstName", l.last_name AS "lastName", l.email, l.title',
  owner: BY_LOADERS ? 'l.owner_id AS "ownerId"' : 'a.id AS "ownerId", a.name AS "ownerName"',
  stage: BY_LOADERS ? 'l.stage_id AS "stageId"' : 's.id AS "stageId", s.name AS "stageName", p.id AS "pipelineId", p.name AS "pipelineName"',
};
const JOINS = BY_LOADERS ? {} : {
  owner: "LEFT JOIN agents a ON a.workspace_id = l.workspace_id AND a.id = l.owner_id",
  stage: `LEFT JOIN stages s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
    LEFT JOIN pipelines p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id`,
};

const inside = (nodes, name) => nodes.flatMap((each) => each.selectionSet.selections).filter((each) => each.name.value === name);
const ofPage = (nodes) => [...inside(nodes, "nodes"), ...inside(inside(nodes, "edges"), "node")];

const known = new WeakMap();
function selected(info, leadsOf = (nodes) => nodes) {
  const [key] = info.fieldNodes;
  let found = known.get(key);
  if (found === undefined) {
    const fields = leadsOf(info.fieldNodes).flatMap((each) => each.selectionSet.selections.map((field) => field.name.value));
    found = {
      columns: [...new Set(["id", ...fields])].map((field) => OF_LEADS[field]).filter(Boolean).join(", "),
      from: ["leads l", ...new Set(fields.map((field) => JOINS[field]).filter(Boolean))].join(" "),
    };
    known.set(key, found);
  }
  return found;
}

// A loader tells its keys apart by their JSON: of a lead the id is enough.
function asKey() {
  return this.id;
}

async function leadsBy(text, values) {
  const found = await rows(text, values);
  for (const lead of found) lead.toJSON = asKey;
  return found;
}

async function lead(_, { id }, __, info) {
  const { columns, from } = selected(info);
  const found = await leadsBy(`SELECT ${columns} FROM ${from} WHERE l.workspace_id = $1 AND l.id = $2 AND l.deleted_at IS NULL`, [WORKSPACE, id]);
  return found[0] ?? null;
}

const ORDERS = { CREATED_AT: "l.created_at", SCORE: "l.score_total" };

async function leads(_, { first, filter, orderBy }, __, info) {
  const { columns, from } = selected(info, ofPage);
  const conditions = ["l.workspace_id = $1", "l.deleted_at IS NULL"];
  const values = [WORKSPACE, first + 1];
  for (const name of ["status", "grade"]) {
    if (filter?.[name]?.eq !== undefined) conditions.push(`l.${name} = $${values.push(filter[name].eq)}`);
  }
  const { field, direction } = orderBy ?? { field: "CREATED_AT", direction: "DESC" };
  const nodes = await leadsBy(
    `SELECT ${columns}, ${ORDERS[field]} AS place FROM ${from} WHERE ${conditions.join(" AND ")}
     ORDER BY ${ORDERS[field]} ${direction}, l.id ${direction} LIMIT $2`,
    values,
  );
  const hasNextPage = nodes.length > first;
  if (hasNextPage) nodes.pop();
  return { nodes, field, hasNextPage };
}

const cursor = (field, lead) => Buffer.from(JSON.stringify([field, lead.place, lead.id])).toString("base64");

// --- lists: one statement each, whatever the number of leads --------------------------------------------------------------------------------

// The statement numbers its rows by the place of their lead among those asked for.
async function lists(text, queries) {
  const { first } = queries[0].params;
  const found = queries.map(() => ({ nodes: [] }));
  for (const row of await rows(text, [WORKSPACE, queries.map(({ obj }) => obj.id), first])) found[row.n - 1].nodes.push(row);
  return found;
}

const LEADS = "unnest($2::uuid[]) WITH ORDINALITY AS p (id, n)";
const newest = (columns, table, at) => `
  SELECT p.n::int, x.* FROM ${LEADS} CROSS JOIN LATERAL (
    SELECT ${columns} FROM ${table} y WHERE y.workspace_id = $1 AND y.lead_id = p.id ORDER BY y.${at} DESC, y.id DESC LIMIT $3) x`;

const ACTIVITIES = newest('y.id, y.type, y.occurred_at AS "occurredAt", y.subject, y.body', "activities", "occurred_at");
const HISTORY = newest("y.id, y.at, y.total, y.grade, y.cause", "score_entries", "at");
const CAMPAIGNS = `
  SELECT p.n::int, x.* FROM ${LEADS} CROSS JOIN LATERAL (
    SELECT c.id, c.name FROM campaign_members m JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.id = m.campaign_id
    WHERE m.workspace_id = $1 AND m.lead_id = p.id AND m.left_at IS NULL ORDER BY m.joined_at DESC, c.id DESC LIMIT $3) x`;
const SCORES = `
  SELECT s.total, s.grade, s.breakdown FROM ${LEADS}
  LEFT JOIN lead_scores s ON s.workspace_id = $1 AND s.lead_id = p.id ORDER BY p.n`;

// The kinds have different columns, so they come as JSON, and one list of them is read faster than many rows.
const entries = (typename, fields, table, at) => {
  const pairs = fields.split(" ").map((pair) => pair.split(":")).map(([name, column]) => `'${name}', y.${column}`);
  return `(SELECT y.${at} AS place, y.id, json_build_object('__typename', '${typename}', ${pairs.join(", ")}) AS entry
    FROM ${table} y WHERE y.workspace_id = $1 AND y.lead_id = p.id ORDER BY y.${at} DESC, y.id DESC LIMIT $3)`;
};
const KINDS = [
  entries("Activity", "id:id type:type occurredAt:occurred_at", "activities", "occurred_at"),
  entries("ContactAttempt", "id:id channel:channel occurredAt:occurred_at", "contact_attempts", "occurred_at"),
  entries("StatusChange", "id:id to:to_status at:at", "status_changes", "at"),
  entries("Assignment", "id:id strategy:strategy at:at", "assignments", "at"),
  entries("ScoreChange", "id:id total:total at:at", "score_entries", "at"),
  entries("StageStay", "id:id enteredAt:entered_at leftAt:left_at", "stage_stays", "entered_at"),
  entries("CampaignMember", "id:id joinedAt:joined_at leftAt:left_at", "campaign_members", "joined_at"),
  entries("CloseDateSlip", "id:id fromDate:from_date at:at", "close_date_slips", "at"),
  entries("EnrollmentChange", "id:id kind:kind at:at", "enrollment_changes", "at"),
  entries("FollowUp", "id:id dueAt:due_at createdAt:created_at", "follow_ups", "created_at"),
  entries("LeadMerge", "id:id at:at unmergedAt:unmerged_at", "lead_merges", "at"),
  entries("ConsentEntry", "id:id channel:channel at:at", "consent_entries", "at"),
];
const TIMELINE = `
  SELECT coalesce(x.nodes, '[]'::json) AS nodes FROM ${LEADS} LEFT JOIN LATERAL (
    SELECT json_agg(e.entry ORDER BY e.place DESC, e.id DESC) AS nodes
    FROM (SELECT * FROM (${KINDS.join(" UNION ALL ")}) u ORDER BY u.place DESC, u.id DESC LIMIT $3) e) x ON true ORDER BY p.n`;

const ids = (queries) => queries.map(({ obj }) => obj.id);
const uncached = (loader) => ({ loader, opts: { cache: false } });

// A loader remembers what it loaded for a request, unless it is told not to.
const things = (table, columns, key) => async (queries) => {
  const wanted = queries.map(({ obj }) => obj[key]);
  const text = `SELECT ${columns} FROM ${table} WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`;
  const found = new Map((await rows(text, [WORKSPACE, [...new Set(wanted.filter(Boolean))]])).map((each) => [each.id, each]));
  return wanted.map((id) => found.get(id) ?? null);
};
const ofOne = {
  owner: things("agents", "id, name", "ownerId"),
  stage: things("stages", 'id, name, pipeline_id AS "pipelineId"', "stageId"),
};
const loaders = {
  ...(BY_LOADERS ? { Stage: { pipeline: things("pipelines", "id, name", "pipelineId") } } : {}),
  Lead: {
    ...(BY_LOADERS ? ofOne : {}),
    activities: uncached((queries) => lists(ACTIVITIES, queries)),
    scoreHistory: uncached((queries) => lists(HISTORY, queries)),
    campaigns: uncached((queries) => lists(CAMPAIGNS, queries)),
    score: uncached(async (queries) => (await rows(SCORES, [WORKSPACE, ids(queries)])).map((row) => (row.total === null ? null : row))),
    timeline: uncached((queries) => rows(TIMELINE, [WORKSPACE, ids(queries), queries[0].params.first])),
  },
};

// --- the rest -------------------------------------------------------------------------------------------------------------------------------

async function changeLeadStatus(_, { input }) {
  const [changed] = await rows(CHANGE_STATUS, [WORKSPACE, input.leadId, input.status]);
  return { lead: changed ?? null, errors: [] };
}

const titled = (word) => word.charAt(0).toUpperCase() + word.slice(1);

const joined = {
  owner: ({ ownerId, ownerName }) => (ownerId === null ? null : { id: ownerId, name: ownerName }),
  stage: ({ stageId, stageName, pipelineId, pipelineName }) =>
    stageId === null ? null : { id: stageId, name: stageName, pipeline: { id: pipelineId, name: pipelineName } },
};
const resolvers = {
  Query: { lead, leads },
  Mutation: { changeLeadStatus },
  Lead: { contact: (lead) => lead, ...(BY_LOADERS ? {} : joined) },
  LeadConnection: {
    edges: ({ nodes, field }) => nodes.map((node) => ({ cursor: cursor(field, node), node })),
    pageInfo: ({ nodes, field, hasNextPage }) => ({
      hasNextPage,
      hasPreviousPage: false,
      startCursor: nodes.length ? cursor(field, nodes[0]) : null,
      endCursor: nodes.length ? cursor(field, nodes.at(-1)) : null,
    }),
  },
  Score: { categories: ({ breakdown }) => breakdown.map(([key, points, , , name]) => ({ name: name ?? titled(key), points })) },
};

const app = Fastify({ logger: false });
app.register(mercurius, { schema: SCHEMA, resolvers, loaders, jit: 1, graphiql: false, path: "/graphql" });
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
