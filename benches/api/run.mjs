// Measures this server, PostGraphile 5, the same rows as JSON built in SQL, and static bytes from actix: on one database,
// in turn, in one run. Called by `script/bench api`, which says where everything is.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cpuMs, memory } from "./processes.mjs";
import { QUERIES, leaves } from "./queries.mjs";

const need = (name) => process.env[name] ?? fail(`${name} is not set; call script/bench api`);
const PEERS = need("BENCH_PEERS");
const DATABASE = need("DATABASE_URL");
const POSTMASTER = Number(readFileSync(need("BENCH_POSTMASTER"), "utf8").split("\n")[0]);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const REPEATS = Number(process.env.BENCH_REPEATS ?? 3);
const CONNECTIONS = 8;
const autocannon = createRequire(join(PEERS, "package.json"))("autocannon");
const folder = mkdtempSync(join(tmpdir(), "bench-api-"));
const started = [];

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

function start(command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  started.push(child);
  return child;
}

async function ask(url, body) {
  const answer = await fetch(url, { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(body) });
  const json = await answer.json();
  if (!answer.ok || json.errors) throw new Error(`${url}: ${JSON.stringify(json).slice(0, 500)}`);
  return json;
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };

async function whenReady(url, body) {
  for (let tries = 0; tries < 120; tries += 1) {
    try {
      return await ask(url, body);
    } catch (error) {
      if (tries === 119) throw error;
      await new Promise((wait) => setTimeout(wait, 250));
    }
  }
}

async function serveOurs(cacheBytes, publications) {
  const port = await freePort();
  const child = start(need("BENCH_DONGJAK"), ["serve"], {
    PORT: String(port), DATABASE_URL: DATABASE, DONGJAK_CACHE_BYTES: String(cacheBytes),
    DONGJAK_RATE_PER_MINUTE: "0", DONGJAK_LOG: "warn", DONGJAK_POOL_SIZE: "8",
    DONGJAK_PUBLICATIONS: publications,
  });
  child.stdout.resume();
  const url = `http://127.0.0.1:${port}/graphql`;
  await whenReady(url, { query: "{ __typename }" });
  return { url, pid: child.pid };
}

async function serveTheirs() {
  const port = await freePort();
  const cli = join(PEERS, "node_modules/postgraphile/dist/cli-run.js");
  const args = [cli, "-c", DATABASE, "-s", "bench", "-p", String(port), "-n", "127.0.0.1", "--preset", "postgraphile/presets/amber"];
  const child = spawn(join(PEERS, "node_modules/node/bin/node"), args, {
    cwd: PEERS, env: { ...process.env, NODE_ENV: "production", GRAPHILE_ENV: "production" }, stdio: ["ignore", "ignore", "ignore"],
  });
  started.push(child);
  const url = `http://127.0.0.1:${port}/graphql`;
  await whenReady(url, { query: "{ __typename }" });
  return { url, pid: child.pid };
}

async function serveBytes(bytes) {
  const file = join(folder, "bytes");
  writeFileSync(file, bytes);
  const child = start(need("BENCH_FLOOR"), [file], {});
  const url = await new Promise((done) => child.stdout.once("data", (text) => done(String(text).trim())));
  return { url, pid: child.pid };
}

/** One sample: requests, latency, and what server and database have used for each. */
async function load(pid, options) {
  const run = (duration) => autocannon({ connections: CONNECTIONS, duration, ...options });
  await run(1);
  const [server, database] = [cpuMs(pid), cpuMs(POSTMASTER)];
  const found = await run(SECONDS);
  const requests = found.requests.total;
  if (found.errors > 0 || requests === 0) throw new Error(`${found.errors} errors: ${JSON.stringify(options).slice(0, 200)}`);
  if (found.non2xx > (options.expect304 ? requests : 0)) throw new Error(`${found.non2xx} answers were no success`);
  return {
    perSecond: requests / found.duration, p50: found.latency.p50, p99: found.latency.p99,
    server: (cpuMs(pid) - server) / requests, database: (cpuMs(POSTMASTER) - database) / requests,
  };
}

let count = 0;
/** A request that nobody made before: a variable that the query does not use makes another one of it. */
const anew = (query) => ({
  method: "POST", headers: JSON_HEADERS,
  requests: [{ setupRequest: (request) => ({ ...request, body: JSON.stringify({ query, variables: { n: (count += 1) } }) }) }],
});
const same = (query) => ({ method: "POST", headers: JSON_HEADERS, body: JSON.stringify({ query }) });

/** The floor of SQL: pgbench, whose logs give every latency in microseconds. */
function pgbench(sql) {
  const file = join(folder, "floor.sql");
  writeFileSync(file, sql);
  const prefix = join(folder, "log");
  const before = cpuMs(POSTMASTER);
  execFileSync("pgbench", ["-n", "-M", "prepared", "-c", String(CONNECTIONS), "-j", "1", "-T", String(SECONDS), "-f", file, "-l", `--log-prefix=${prefix}`, DATABASE], { stdio: ["ignore", "pipe", "ignore"] });
  const used = cpuMs(POSTMASTER) - before;
  const times = readdirSync(folder).filter((name) => name.startsWith("log."))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n").map((line) => Number(line.split(" ")[2])))
    .sort((a, b) => a - b);
  readdirSync(folder).filter((name) => name.startsWith("log.")).forEach((name) => rmSync(join(folder, name)));
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] / 1000;
  return { perSecond: times.length / SECONDS, p50: at(0.5), p99: at(0.99), server: 0, database: used / times.length };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const shown = (number, digits) => (Number.isFinite(number) ? number.toFixed(digits) : "-");

async function measure(query, ours, oursWithoutCache, asking, theirs) {
  const [our, their] = [await ask(ours.url, { query: query.ours }), await ask(theirs.url, { query: query.theirs })];
  const body = (answer) => JSON.stringify(answer);
  const rows = (answer) => Object.values(answer.data)[0].nodes;
  console.log(`\n### ${query.name}\n`);
  console.log(`This server: ${rows(our).length} rows, ${leaves(rows(our))} values, ${body(our).length} characters. PostGraphile: ${rows(their).length} rows, ${leaves(rows(their))} values, ${body(their).length} characters.\n`);
  const bytes = await serveBytes(body(our));
  const address = `${ours.url}?query=${encodeURIComponent(query.ours)}`;
  const etag = (await fetch(address, { headers: JSON_HEADERS })).headers.get("etag");
  const cases = {
    "SQL that builds the JSON, pgbench": () => pgbench(query.sql),
    "static bytes, actix": () => load(bytes.pid, { url: bytes.url }),
    "static 304, actix": () => load(bytes.pid, { url: bytes.url, headers: { "if-none-match": "\"x\"" }, expect304: true }),
    "PostGraphile 5": () => load(theirs.pid, { url: theirs.url, ...same(query.theirs) }),
    "this server, nothing kept": () => load(oursWithoutCache.pid, { url: oursWithoutCache.url, ...anew(query.ours) }),
    "this server, kept": () => load(ours.pid, { url: ours.url, ...same(query.ours) }),
    "this server, kept, asking before every answer": () => load(asking.pid, { url: asking.url, ...same(query.ours) }),
    "this server, 304": () => load(ours.pid, { url: address, headers: { "if-none-match": etag, accept: "application/json" }, expect304: true }),
  };
  const samples = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const [name, sample] of Object.entries(cases)) samples[name].push(await sample());
  }
  console.log("| | requests/s | p50 ms | p99 ms | server CPU ms | database CPU ms |\n|---|---|---|---|---|---|");
  const middle = {};
  for (const [name, all] of Object.entries(samples)) {
    const of = (key) => median(all.map((sample) => sample[key]));
    middle[name] = { server: of("server"), database: of("database") };
    console.log(`| ${name} | ${shown(of("perSecond"), 0)} | ${shown(of("p50"), 2)} | ${shown(of("p99"), 2)} | ${shown(of("server"), 3)} | ${shown(of("database"), 3)} |`);
  }
  const [anewly, kept, not] = [middle["this server, nothing kept"], middle["this server, kept"], middle["this server, 304"]];
  const [peer, sql] = [middle["PostGraphile 5"], middle["SQL that builds the JSON, pgbench"]];
  const [fixed, fixed304] = [middle["static bytes, actix"], middle["static 304, actix"]];
  const together = (of) => of.server + of.database;
  console.log("\n| ratio | measured | goal |\n|---|---|---|");
  console.log(`| server CPU to PostGraphile's, nothing kept | ${shown(anewly.server / peer.server, 2)} | 0.25 |`);
  console.log(`| server and database CPU to PostGraphile's, nothing kept | ${shown(together(anewly) / together(peer), 2)} | |`);
  console.log(`| server and database CPU to that of the SQL, nothing kept | ${shown(together(anewly) / together(sql), 2)} | 1.0 |`);
  console.log(`| server CPU to that of static bytes, kept | ${shown(kept.server / fixed.server, 2)} | 1.5 |`);
  console.log(`| server and database CPU to that of static bytes, kept | ${shown(together(kept) / together(fixed), 2)} | |`);
  const asked = middle["this server, kept, asking before every answer"];
  console.log(`| server CPU to that of static bytes, kept, asking before every answer | ${shown(asked.server / fixed.server, 2)} | |`);
  console.log(`| server CPU to that of a static 304, 304 | ${shown(not.server / fixed304.server, 2)} | 1.0 |`);
  process.kill(bytes.pid);
}

try {
  const [ours, oursWithoutCache, theirs] = [await serveOurs(33554432, "listen"), await serveOurs(0, "listen"), await serveTheirs()];
  const asking = await serveOurs(33554432, "ask");
  const rest = memory(ours.pid).now;
  const version = JSON.parse(readFileSync(join(PEERS, "node_modules/postgraphile/package.json"), "utf8")).version;
  console.log(`PostGraphile ${version}; ${CONNECTIONS} connections, ${REPEATS} samples of ${SECONDS} s each, in turn; medians.`);
  for (const query of QUERIES) await measure(query, ours, oursWithoutCache, asking, theirs);
  console.log(`\nMemory: this server ${shown(rest, 0)} MiB at rest, at most ${shown(memory(ours.pid).most, 0)} MiB with answers kept and ${shown(memory(oursWithoutCache.pid).most, 0)} MiB without; PostGraphile at most ${shown(memory(theirs.pid).most, 0)} MiB.`);
} finally {
  for (const child of started) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
