// Runs the example of docs/live-updates.md, ends it and starts it again: node follow_scores.mjs EXAMPLE URL KEY. Leaves no lead behind.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [example, url, key] = process.argv.slice(2);
const place = join(dirname(example), "place.txt");
const name = `Follow ${Date.now().toString(36)}`;

async function ask(query, variables = {}) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined);
  return data;
}

async function visit(leadId) {
  const input = { leadId, type: "WEBSITE_VISITED", occurredAt: new Date(Date.now() - 1000).toISOString() };
  const { recordActivity } = await ask("mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { errors { __typename } } }", { input });
  assert.deepEqual(recordActivity.errors, []);
}

// Starts the example, and resolves once it has told so many changes of our lead; others may be busy at the same time. What was told last
// before the end may be told again: the end can come before its place is kept.
function following(count, started = async () => {}, before = []) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [example, url, key], { cwd: dirname(example), stdio: ["ignore", "pipe", "inherit"] });
    const impatience = globalThis.setTimeout(() => (child.kill("SIGKILL"), reject(new Error("nothing was told"))), 60_000);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => {
      text += piece;
      const told = text.split("\n").slice(0, -1).filter((line) => line.startsWith(`${name}: `) && !before.includes(line));
      if (told.length < count) return;
      clearTimeout(impatience);
      child.once("exit", () => resolve(told));
      child.kill("SIGKILL");
    });
    started().catch(reject);
  });
}

rmSync(place, { force: true });
const input = { contact: { firstName: name } };
const created = await ask("mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } errors { __typename } } }", { input });
assert.deepEqual(created.createLead.errors, []);
const id = created.createLead.lead.id;
const first = await following(1, async () => {
  while (!existsSync(place)) await sleep(50);
  await visit(id);
});
await visit(id);
await visit(id);
const missed = await following(2, undefined, first);
const points = [...first, ...missed].map((line) => line.slice(name.length + 2));
for (const [before, after] of [[0, 1], [1, 2]]) assert.equal(points[before].split(" → ")[1], points[after].split(" → ")[0]);
await ask("mutation ($id: ID!) { deleteLead(input: { leadId: $id }) { errors { __typename } } }", { id });
