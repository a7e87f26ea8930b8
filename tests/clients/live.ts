// graphql-ws, graphql-sse, urql and Apollo Client watch a lead on a running server: node generated/js/live.js URL KEY. Leaves the lead with its status.
import assert from "node:assert/strict";
import { ApolloClient, gql, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client as Urql, fetchExchange } from "@urql/core";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import WebSocket from "ws";

const [url = "", key = ""] = process.argv.slice(2);
const headers = { authorization: `Bearer ${key}` };
const WATCH = /* GraphQL */ `
  subscription Watch($leadIds: [ID!], $after: Cursor) {
    leadStatusChanged(leadIds: $leadIds, after: $after) {
      cursor
      status
    }
  }
`;
const CHANGE = /* GraphQL */ `
  mutation Change($input: ChangeLeadStatusInput!) {
    changeLeadStatus(input: $input) {
      errors {
        __typename
      }
    }
  }
`;
type Changed = { changeLeadStatus: { errors: unknown[] } };
type Change = { cursor: string; status: string };
type Told = { leadStatusChanged: Change };

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data: T; errors?: unknown };
  assert.equal(body.errors, undefined);
  return body.data;
}

// Two changes after a place in the feed: whoever goes on from there is told both, in their order, however late it connects.
const { events, leads } = await ask<{ events: { cursor: string }; leads: { nodes: { id: string; status: string }[] } }>(
  "{ events { cursor } leads(first: 1) { nodes { id status } } }",
);
const lead = leads.nodes[0];
assert(lead);
const other = lead.status === "NURTURING" ? "CONTACTED" : "NURTURING";
for (const status of [other, lead.status]) {
  const input: object = { leadId: lead.id, status, force: true, reason: "The client test moves it there and back" };
  const changed: Changed = await ask<Changed>(CHANGE, { input });
  assert.deepEqual(changed.changeLeadStatus.errors, []);
}
type Variables = { leadIds: string[]; after: string };

async function first(count: number, answers: AsyncIterable<{ data?: unknown; errors?: unknown }>): Promise<Change[]> {
  const told: Change[] = [];
  for await (const { data, errors } of answers) {
    assert.equal(errors, undefined);
    told.push((data as Told).leadStatusChanged);
    if (told.length === count) break;
  }
  return told;
}

// Both libraries hand answers to a callback, and with it a way to stop.
type Subscribe = (told: (data: Told) => void, failed: (error: unknown) => void) => () => void;

function heard(count: number, subscribe: Subscribe): Promise<Change[]> {
  return new Promise((resolve, reject) => {
    const told: Change[] = [];
    const stop = subscribe((data) => {
      told.push(data.leadStatusChanged);
      if (told.length === count) setImmediate(() => (stop(), resolve(told)));
    }, reject);
  });
}

const sockets = () => createWs({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0 });
const ways: Record<string, (variables: Variables, count: number) => Promise<Change[]>> = {
  "graphql-ws": async (variables, count) => {
    const client = sockets();
    const told = await first(count, client.iterate({ query: WATCH, variables }));
    await client.dispose();
    return told;
  },
  "graphql-sse": async (variables, count) => {
    const client = createSse({ url, headers, retryAttempts: 0 });
    const told = await first(count, client.iterate({ query: WATCH, variables }));
    client.dispose();
    return told;
  },
  urql: (variables, count) => {
    const client = new Urql({ url, exchanges: [fetchExchange], fetchSubscriptions: true, fetchOptions: { headers }, preferGetMethod: false });
    return heard(count, (told, failed) => {
      const watching = client.subscription<Told>(WATCH, variables).subscribe(({ data, error }) => {
        if (error) failed(error);
        else if (data) told(data);
      });
      return () => watching.unsubscribe();
    });
  },
  "Apollo Client": async (variables, count) => {
    const socket = sockets();
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
    const told = await heard(count, (tell, failed) => {
      const watching = client.subscribe<Told>({ query: gql(WATCH), variables }).subscribe(({ data, error }) => {
        if (error) failed(error);
        else if (data) tell(data);
      });
      return () => watching.unsubscribe();
    });
    client.stop();
    await socket.dispose();
    return told;
  },
};
for (const [name, watch] of Object.entries(ways)) {
  const [there, back] = await watch({ leadIds: [lead.id], after: events.cursor }, 2);
  assert(there && back, name);
  assert.deepEqual([there.status, back.status], [other, lead.status], name);
  // Whoever comes back with the first one's cursor is told the second and nothing twice.
  assert.deepEqual(await watch({ leadIds: [lead.id], after: there.cursor }, 1), [back], name);
  console.log(`${name}: ok`);
}
