// Apollo Client against a running server: node generated/js/apollo.js URL KEY. Leaves the lead that it moves as it found it, but for its version.
import assert from "node:assert/strict";
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { ChangeLeadStatusDocument, LeadDetailDocument, LeadPageDocument, type LeadPageQueryVariables } from "./generated/gql/graphql.js";

const [uri = "", key = ""] = process.argv.slice(2);
let requests = 0;
const counted = new ApolloLink((operation, forward) => {
  requests += 1;
  return forward(operation);
});
const cache = new InMemoryCache({
  possibleTypes: { UserError: ["IllegalStatusChange", "NotFound", "StatusRequirementsMissing", "ValidationError", "VersionConflict"] },
  typePolicies: { Query: { fields: { leads: relayStylePagination(["filter"]) } } },
});
const client = new ApolloClient({ cache, link: counted.concat(new HttpLink({ uri, headers: { authorization: `Bearer ${key}` } })) });

// Pages: the second is appended to the first in the cache, and no lead comes twice.
const variables = { first: 5, filter: { status: { in: ["NEW", "CONTACTED"] } } } satisfies LeadPageQueryVariables;
const leads = (await client.query({ query: LeadPageDocument, variables })).data?.leads;
assert(leads && leads.edges.length === 5 && leads.pageInfo.hasNextPage, "the server has more than five leads that are NEW or CONTACTED");
const list = client.watchQuery({ query: LeadPageDocument, variables });
const watching = list.subscribe({});
const shown = () => client.readQuery({ query: LeadPageDocument, variables })?.leads.edges.map((edge) => edge.node) ?? [];
await list.fetchMore({ variables: { first: 5, after: leads.pageInfo.endCursor ?? null } });
const ids = shown().map((node) => node.id);
assert.equal(ids.length, Math.min(10, leads.totalCount));
assert.equal(new Set(ids).size, ids.length);

// Normalisation: a lead of the list is an entity of its own, and another query finds it without asking the server.
const lead = leads.edges[0]?.node;
assert(lead);
const entity = cache.identify({ __typename: "Lead", id: lead.id });
assert.equal(entity, `Lead:${lead.id}`);
const before = requests;
const again = await client.query({ query: LeadPageDocument, variables });
assert.equal(again.data?.leads.edges[0]?.node.id, lead.id);
assert.equal(requests, before);

const detail = await client.query({ query: LeadDetailDocument, variables: { id: lead.id } });
assert.equal(detail.data?.lead?.name, lead.name);
const score = detail.data?.lead?.score;
assert.equal(score?.categories.reduce((sum, category) => sum + category.points, 0), score?.total);

// A refusal is data: no exception, and its facts have types.
const refused = await client.mutate({ mutation: ChangeLeadStatusDocument, variables: { input: { leadId: lead.id, status: "CLOSED_WON" } } });
const [refusal] = refused.data?.changeLeadStatus?.errors ?? [];
assert(refusal?.__typename === "IllegalStatusChange");
assert.equal(refusal.to, "CLOSED_WON");
assert(refusal.allowed.length > 0);
assert.deepEqual(refusal.path, ["input", "status"]);
assert.equal(refused.data?.changeLeadStatus?.lead, null);

// A change updates the entity, so that the list shows it without being read again.
const changed = await client.mutate({
  mutation: ChangeLeadStatusDocument,
  variables: { input: { leadId: lead.id, status: "NURTURING", expectedVersion: detail.data?.lead?.version ?? null } },
});
assert.deepEqual(changed.data?.changeLeadStatus?.errors, []);
assert.equal(shown().find((node) => node.id === lead.id)?.status, "NURTURING");
const back = await client.mutate({
  mutation: ChangeLeadStatusDocument,
  variables: { input: { leadId: lead.id, status: lead.status, force: true, reason: "Undo what the client test did" } },
});
assert.deepEqual(back.data?.changeLeadStatus?.errors, []);

// What the schema has no place for is a top-level error with a code.
await assert.rejects(client.query({ query: gql`query Typo { leeds { id } }` }), /Cannot query field/);

watching.unsubscribe();
client.stop();
console.log(`Apollo Client: ok, ${requests} requests`);
