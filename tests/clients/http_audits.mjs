// Runs the GraphQL-over-HTTP audits of the npm package graphql-http: node http_audits.mjs URL KEY. Exits 1 unless every MUST and SHOULD is ok.
import { serverAudits } from "graphql-http";

// GET runs trusted documents only, so what a server MAY do for ad-hoc documents over GET is refused on purpose.
const REFUSED_ON_PURPOSE = new Set(["5A70", "D6D5", "6A70"]);

const [url, key] = process.argv.slice(2);
const fetchFn = (address, init = {}) => {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${key}`);
  return fetch(address, { ...init, headers });
};

const tally = { ok: 0, refusedOnPurpose: 0, failed: [] };
for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn();
  if (result.status === "ok") tally.ok += 1;
  else if (REFUSED_ON_PURPOSE.has(audit.id)) tally.refusedOnPurpose += 1;
  else tally.failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(JSON.stringify(tally, null, 2));
process.exit(tally.failed.length ? 1 : 0);
