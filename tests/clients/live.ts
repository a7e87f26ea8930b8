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
type Told = { leadStatusChanged: { cursor: string; status: string } };

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
const variables = { leadIds: [lead.id], after: events.cursor };

async function firstTwo(answers: AsyncIterable<{ data?: unknown; errors?: unknown }>): Promise<string[]> {
  const told: string[] = [];
  for await (const { data, errors } of answers) {
    assert.equal(errors, undefined);
    told.push((data as Told).leadStatusChanged.status);
    if (told.length === 2) break;
  }
  return told;
}

// Both libraries hand answers to a callback, and with it a way to stop.
function heard(subscribe: (told: (data: Told) => void, failed: (error: unknown) => void) => () => void): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const told: string[] = [];
    const stop = subscribe((data) => {
      told.push(data.leadStatusChanged.status);
      if (told.length === 2) setImmediate(() => (stop(), resolve(told)));
    }, reject);
  });
}

const sockets = () => createWs({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0 });
const ways: Record<string, () => Promise<string[]>> = {
  "graphql-ws": async () => {
    const client = sockets();
    const told = await firstTwo(client.iterate({ query: WATCH, variables }));
    await client.dispose();
    return told;
  },
  "graphql-sse": async () => {
    const client = createSse({ url, headers, retryAttempts: 0 });
    const told = await firstTwo(client.iterate({ query: WATCH, variables }));
    client.dispose();
    return told;
  },
  urql: () => {
    const client = new Urql({ url, exchanges: [fetchExchange], fetchSubscriptions: true, fetchOptions: { headers }, preferGetMethod: false });
    return heard((told, failed) => {
      const watching = client.subscription<Told>(WATCH, variables).subscribe(({ data, error }) => {
        if (error) failed(error);
        else if (data) told(data);
      });
      return () => watching.unsubscribe();
    });
  },
  "Apollo Client": async () => {
    const socket = sockets();
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
    const told = await heard((tell, failed) => {
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
  assert.deepEqual(await watch(), [other, lead.status], name);
  console.log(`${name}: ok`);
}
