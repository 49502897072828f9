// Asks the three questions and saves a table and a map for each: node dist/main.js http://localhost:8080 out [KEY]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChildcareDocument, EconomyDocument, WifiDocument } from "./generated.js";
import { type Row, csv, svg } from "./save.js";
import { Server } from "./server.js";

const [url = "http://localhost:8080", out = "out", key] = process.argv.slice(2);
const server = new Server(url.replace(/\/$/, ""), key);
mkdirSync(out, { recursive: true });

const areas = await server.features("neighbourhoods");
const answers: [string, string, readonly Row[]][] = [
  ["economy", "Sensitivity of card sales to COVID-19 cases", await server.rows(EconomyDocument)],
  ["childcare", "Daycare places within reach of a child", await server.rows(ChildcareDocument)],
  ["wifi", "Best sites for public Wi-Fi", await server.rows(WifiDocument)],
];
for (const [name, title, rows] of answers) {
  const run = rows[0]?.figure.provenance.run;
  const note = `${title} (${run?.methodVersion}${run?.synthetic ? ", generated data" : ""})`;
  writeFileSync(join(out, `${name}.csv`), csv(rows));
  writeFileSync(join(out, `${name}.svg`), svg(areas, rows, note));
  const missing = rows.filter((row) => row.figure.value == null).length;
  console.log(`${name}: ${rows.length} rows, ${missing} of them without a number`);
}
