// urql, with its document cache and with Graphcache, against a running server: node generated/js/urql.js URL KEY.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { cacheExchange, Client, fetchExchange, type Exchange } from "@urql/core";
import { cacheExchange as graphcache, type CacheExchangeOpts } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { buildSchema, introspectionFromSchema } from "graphql";
import { LeadDetailDocument, LeadPageDocument } from "./generated/gql/graphql.js";

const [url = "", key = ""] = process.argv.slice(2);
const accepted: (string | null)[] = [];
const client = (cache: Exchange) =>
  new Client({
    url,
    exchanges: [cache, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${key}` } },
    fetch: (address, init) => {
      accepted.push(new Headers(init?.headers).get("accept"));
      return fetch(address, init);
    },
  });

const plain = client(cacheExchange);
const page = await plain.query(LeadPageDocument, { first: 3 }).toPromise();
assert.equal(page.error, undefined);
assert.equal(page.data?.leads.edges.length, 3);
assert(accepted.every((accept) => accept?.includes("text/event-stream")), "urql mentions event streams and gets JSON all the same");

const id = page.data?.leads.edges[0]?.node.id ?? "";
const detail = await plain.query(LeadDetailDocument, { id }).toPromise();
assert.equal(detail.data?.lead?.id, id);
const nobody = await plain.query(LeadDetailDocument, { id: "bm9ib2R5" }).toPromise();
assert.equal(nobody.error, undefined);
assert.equal(nobody.data?.lead, null);

// The schema's introspection result is data of graphql-js; the option asks for a structural twin of it.
const schema = introspectionFromSchema(buildSchema(readFileSync("generated/schema.graphql", "utf8"))) as NonNullable<CacheExchangeOpts["schema"]>;
const normalised = client(graphcache({ schema, keys: { Score: () => null }, resolvers: { Query: { leads: relayPagination() } } }));
const one = await normalised.query(LeadPageDocument, { first: 3 }).toPromise();
const two = await normalised.query(LeadPageDocument, { first: 3, after: one.data?.leads.pageInfo.endCursor ?? null }).toPromise();
const ids = two.data?.leads.edges.map((edge) => edge.node.id) ?? [];
assert.equal(ids.length, 6);
assert.equal(new Set(ids).size, 6);

console.log(`urql: ok, ${accepted.length} requests`);
