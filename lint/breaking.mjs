// Says what a newer schema takes away from clients of an older one, and fails when that is anything.
//   node breaking.mjs OLDER.graphql NEWER.graphql
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [older, newer] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const changes = await diff(older, newer);
const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
for (const change of breaking) {
  console.error(`breaks clients: ${change.message}`);
}
console.log(`${changes.length} changes, ${breaking.length} of them breaking`);
process.exitCode = breaking.length > 0 ? 1 : 0;
