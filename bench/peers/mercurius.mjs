// Mercurius with graphql-jit on the benchmark's tables: the part of this project's schema that the documents ask, and loaders written by hand.

import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

import { SCHEMA } from "./schema.mjs";
import { CHANGE_STATUS, WORKSPACE } from "./statements.mjs";

// Instants stay the text that PostgreSQL writes: no Date is made of what is only handed on.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => `${text.replace(" ", "T")}:00`);

const pool = new pg.Pool({ connectionString: process.env.BENCH_DSN, options: "-c TimeZone=UTC", min: 10, max: 10 });

// A statement is prepared once in each connection, under a name of its own.
const names = new Map();
async function rows(text, values) {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `s${names.size}`));
  return (await pool.query({ name, text, values })).rows;
}

// --- leads: only the columns that the selection reads --------------------------------------------------------------------------------------

const OF_LEADS = {
  id: "l.id",
  version: "l.version",
  status: "l.status",
  grade: "l.grade",
  temperature: "l.temperature",
  priority: "l.priority",
  notes: "l.notes",
  name: "nullif(concat_ws(' ', nullif(l.first_name, ''), nullif(l.last_name, '')), '') AS name",
  createdAt: 'l.created_at AS "createdAt"',
  updatedAt: 'l.updated_at AS "updatedAt"',
  lastActivityAt: 'l.last_activity_at AS "lastActivityAt"',
  contact: 'l.first_name AS "firstName", l.last_name AS "lastName", l.email, l.title',
  owner: 'l.owner_id AS "ownerId"',
  stage: 'l.stage_id AS "stageId"',
};

const inside = (nodes, name) => nodes.flatMap((each) => each.selectionSet.selections).filter((each) => each.name.value === name);
const ofPage = (nodes) => [...inside(nodes, "nodes"), ...inside(inside(nodes, "edges"), "node")];

const known = new WeakMap();
function columns(info, leadsOf = (nodes) => nodes) {
  const [key] = info.fieldNodes;
  let found = known.get(key);
  if (found === undefined) {
    const fields = leadsOf(info.fieldNodes).flatMap((each) => each.selectionSet.selections).map((each) => OF_LEADS[each.name.value]);
    found = [...new Set([OF_LEADS.id, ...fields.filter(Boolean)])].join(", ");
    known.set(key, found);
  }
  return found;
}

const ORDERS = { CREATED_AT: "l.created_at", SCORE: "l.score_total" };

async function leads(_, { first, filter, orderBy }, __, info) {
  const conditions = ["l.workspace_id = $1", "l.deleted_at IS NULL"];
  const values = [WORKSPACE, first + 1];
  for (const name of ["status", "grade"]) {
    if (filter?.[name]?.eq !== undefined) conditions.push(`l.${name} = $${values.push(filter[name].eq)}`);
  }
  const field = orderBy?.field ?? "CREATED_AT";
  const direction = orderBy?.direction === "ASC" ? "ASC" : "DESC";
  const found = await rows(
    `SELECT ${columns(info, ofPage)}, ${ORDERS[field]} AS place FROM leads l WHERE ${conditions.join(" AND ")}
     ORDER BY ${ORDERS[field]} ${direction}, l.id ${direction} LIMIT $2`,
    values,
  );
  const hasNextPage = found.length > first;
  if (hasNextPage) found.pop();
  return { nodes: found, field, hasNextPage };
}

const cursor = (field, lead) => Buffer.from(JSON.stringify([field, lead.place, lead.id])).toString("base64");

// --- relations: one statement each, whatever the number of leads ---------------------------------------------------------------------------

async function byId(text, ids) {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return ids.map(() => null);
  const found = new Map();
  for (const row of await rows(text, [WORKSPACE, wanted])) found.set(row.id, row);
  return ids.map((id) => found.get(id) ?? null);
}

// The statement numbers its rows by the place of their lead among those asked for.
async function lists(text, queries) {
  const { first } = queries[0].params;
  const found = queries.map(() => ({ nodes: [] }));
  for (const row of await rows(text, [WORKSPACE, queries.map(({ obj }) => obj.id), first])) found[row.n - 1].nodes.push(row);
  return found;
}

const LEADS = "unnest($2::uuid[]) WITH ORDINALITY AS p (id, n)";
const topmost = (columns, table, at) => `
  SELECT p.n::int, x.* FROM ${LEADS} CROSS JOIN LATERAL (
    SELECT ${columns} FROM ${table} y WHERE y.workspace_id = $1 AND y.lead_id = p.id ORDER BY y.${at} DESC, y.id DESC LIMIT $3) x`;

const OWNERS = "SELECT id, name FROM agents WHERE workspace_id = $1 AND id = ANY($2::uuid[])";
const STAGES = `
  SELECT s.id, s.name, p.id AS "pipelineId", p.name AS "pipelineName" FROM stages s
  JOIN pipelines p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
  WHERE s.workspace_id = $1 AND s.id = ANY($2::uuid[])`;
const ACTIVITIES = topmost('y.id, y.type, y.occurred_at AS "occurredAt", y.subject, y.body', "activities", "occurred_at");
const HISTORY = topmost("y.id, y.at, y.total, y.grade, y.cause", "score_entries", "at");
const CAMPAIGNS = `
  SELECT p.n::int, x.* FROM ${LEADS} CROSS JOIN LATERAL (
    SELECT c.id, c.name FROM campaign_members m JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.id = m.campaign_id
    WHERE m.workspace_id = $1 AND m.lead_id = p.id AND m.left_at IS NULL ORDER BY m.joined_at DESC, c.id DESC LIMIT $3) x`;
const SCORES = "SELECT lead_id AS id, total, grade, breakdown FROM lead_scores WHERE workspace_id = $1 AND lead_id = ANY($2::uuid[])";

const branch = (typename, pairs, table, at) => `
  (SELECT y.${at} AS place, y.id, json_build_object('__typename', '${typename}', ${pairs
    .split(" ")
    .map((pair) => pair.split(":"))
    .map(([name, column]) => `'${name}', y.${column}`)
    .join(", ")}) AS entry
   FROM ${table} y WHERE y.workspace_id = $1 AND y.lead_id = p.id ORDER BY y.${at} DESC, y.id DESC LIMIT $3)`;
const TIMELINE = `
  SELECT p.n::int, x.entry FROM ${LEADS} CROSS JOIN LATERAL (SELECT u.entry FROM (${[
    branch("Activity", "id:id type:type occurredAt:occurred_at", "activities", "occurred_at"),
    branch("ContactAttempt", "id:id channel:channel occurredAt:occurred_at", "contact_attempts", "occurred_at"),
    branch("StatusChange", "id:id to:to_status at:at", "status_changes", "at"),
    branch("Assignment", "id:id strategy:strategy at:at", "assignments", "at"),
    branch("ScoreChange", "id:id total:total at:at", "score_entries", "at"),
    branch("StageStay", "id:id enteredAt:entered_at leftAt:left_at", "stage_stays", "entered_at"),
    branch("CampaignMember", "id:id joinedAt:joined_at leftAt:left_at", "campaign_members", "joined_at"),
    branch("CloseDateSlip", "id:id fromDate:from_date at:at", "close_date_slips", "at"),
    branch("EnrollmentChange", "id:id kind:kind at:at", "enrollment_changes", "at"),
    branch("FollowUp", "id:id dueAt:due_at createdAt:created_at", "follow_ups", "created_at"),
    branch("LeadMerge", "id:id at:at unmergedAt:unmerged_at", "lead_merges", "at"),
    branch("ConsentEntry", "id:id channel:channel at:at", "consent_entries", "at"),
  ].join(" UNION ALL ")}) u ORDER BY u.place DESC, u.id DESC LIMIT $3) x`;

const titled = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// Without a cache: each key is asked for once a request anyway, and to compare keys costs more than it spares.
const uncached = (loader) => ({ loader, opts: { cache: false } });
const loaders = {
  Lead: {
    owner: uncached((queries) => byId(OWNERS, queries.map(({ obj }) => obj.ownerId))),
    stage: uncached((queries) => byId(STAGES, queries.map(({ obj }) => obj.stageId))),
    score: uncached((queries) => byId(SCORES, queries.map(({ obj }) => obj.id))),
    activities: uncached((queries) => lists(ACTIVITIES, queries)),
    scoreHistory: uncached((queries) => lists(HISTORY, queries)),
    campaigns: uncached((queries) => lists(CAMPAIGNS, queries)),
    timeline: uncached(async (queries) => {
      const found = await lists(TIMELINE, queries);
      for (const page of found) page.nodes = page.nodes.map((row) => row.entry);
      return found;
    }),
  },
};

const resolvers = {
  Query: {
    lead: async (_, { id }, __, info) => {
      const text = `SELECT ${columns(info)} FROM leads l WHERE l.workspace_id = $1 AND l.id = $2 AND l.deleted_at IS NULL`;
      return (await rows(text, [WORKSPACE, id]))[0] ?? null;
    },
    leads,
  },
  Mutation: {
    changeLeadStatus: async (_, { input }) => ({ lead: (await rows(CHANGE_STATUS, [WORKSPACE, input.leadId, input.status]))[0] ?? null, errors: [] }),
  },
  Lead: { contact: (lead) => lead },
  LeadConnection: {
    edges: ({ nodes, field }) => nodes.map((node) => ({ cursor: cursor(field, node), node })),
    pageInfo: ({ nodes, field, hasNextPage }) => ({
      hasNextPage,
      hasPreviousPage: false,
      startCursor: nodes.length ? cursor(field, nodes[0]) : null,
      endCursor: nodes.length ? cursor(field, nodes.at(-1)) : null,
    }),
  },
  Stage: { pipeline: (stage) => ({ id: stage.pipelineId, name: stage.pipelineName }) },
  Score: { categories: ({ breakdown }) => breakdown.map(([key, points, , , name]) => ({ name: name ?? titled(key), points })) },
};

const app = Fastify({ logger: false });
app.register(mercurius, { schema: SCHEMA, resolvers, loaders, jit: 1, graphiql: false, path: "/graphql" });
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
