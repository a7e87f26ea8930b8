// PostGraphile 5 on the benchmark's tables: its own schema, and one plugin for what no table says.

import { createServer } from "node:http";

import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { TYPES, withPgClient } from "postgraphile/@dataplan/pg";
import { object } from "postgraphile/grafast";
import { grafserv } from "postgraphile/grafserv/node";
import { sql } from "postgraphile/pg-sql2";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { extendSchema, gql, jsonPgSmartTags } from "postgraphile/utils";

import { CHANGE_STATUS, WORKSPACE } from "./statements.mjs";

// Conditions are there for indexed columns alone unless a tag says otherwise.
const Tags = jsonPgSmartTags({
  version: 1,
  config: {
    attribute: {
      "public.leads.deleted_at": { tags: { behavior: "+attribute:filterBy" } },
      "public.campaign_members.left_at": { tags: { behavior: "+attribute:filterBy" } },
    },
  },
});

const Verbs = extendSchema((build) => {
  const { executor } = build.pgResources.leads;
  return {
    typeDefs: gql`
      extend type Lead { name: String }
      type ChangedLead { id: UUID! status: String! version: Int! }
      type ChangeLeadStatusPayload { lead: ChangedLead errors: [String!]! }
      extend type Mutation { changeLeadStatus(leadId: UUID!, status: String!): ChangeLeadStatusPayload }
    `,
    objects: {
      Lead: {
        plans: {
          name($lead) {
            const { alias } = $lead.getClassStep();
            return $lead.select(sql`nullif(concat_ws(' ', nullif(${alias}.first_name, ''), nullif(${alias}.last_name, '')), '')`, TYPES.text);
          },
        },
      },
      Mutation: {
        plans: {
          changeLeadStatus(_, { $leadId, $status }) {
            const $changed = withPgClient(executor, object({ id: $leadId, status: $status }), async (client, { id, status }) => {
              const { rows } = await client.query({ name: "change_status", text: CHANGE_STATUS, values: [WORKSPACE, id, status] });
              return { lead: rows[0] ?? null, errors: [] };
            });
            $changed.hasSideEffects = true;
            return $changed;
          },
        },
      },
    },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [Tags, Verbs],
  disablePlugins: ["NodePlugin", "PgMutationCreatePlugin", "PgMutationUpdateDeletePlugin"],
  pgServices: [makePgService({ connectionString: process.env.BENCH_DSN, schemas: ["public"], poolConfig: { min: 10, max: 10, idleTimeoutMillis: 0 } })],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.argv[2]), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
