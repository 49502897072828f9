// Makes assets/page from this folder: types of the queries, a check of all types, one bundle.
//   node build.mjs FOLDER
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeTypes } from "./codegen.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
if (!process.argv[2]) throw new Error("Say into which folder: node build.mjs FOLDER");
const out = resolve(process.argv[2]);
const common = { absWorkingDir: here, outdir: out, bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };

await writeTypes();
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--project", here], { stdio: "inherit" });
mkdirSync(out, { recursive: true });
await build({ ...common, entryPoints: { page: "src/main.ts" }, format: "esm" });
await build({ ...common, entryPoints: { page: "src/page.css" } });
copyFileSync(join(here, "index.html"), join(out, "index.html"));
writeFileSync(join(out, "licences.txt"), licences());

// The worker of MapLibre runs as a file of its own, so that the page needs neither blob: nor eval.
const worker = readFileSync(join(here, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8");
writeFileSync(join(out, "maplibre-gl-worker.mjs"), worker.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));

/** The licences of everything that may be in the bundle: what package-lock.json does not call a tool. */
function licences() {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const parts = Object.entries(lock.packages).flatMap(([folder, { dev, version, license }]) => {
    if (!folder || dev || folder.includes("@types/")) return [];
    const file = readdirSync(join(here, folder)).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? readFileSync(join(here, folder, file), "utf8").trim() : "The package has no text of its licence with it.";
    return [`${folder.replace("node_modules/", "")} ${version}: ${license}\n\n${text.replace(/\r\n/g, "\n")}\n`];
  });
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}
