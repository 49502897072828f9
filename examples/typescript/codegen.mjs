// Writes src/generated.ts: the types of the queries in queries/, from the server's schema.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typedDocuments from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";

const here = new URL(".", import.meta.url);
// Beside the server's source; elsewhere it is GET /schema.graphql of any server.
const sdl = readFileSync(new URL("../../schema.graphql", here), "utf8");
const documents = readdirSync(new URL("queries/", here))
  .sort()
  .map((name) => ({ location: name, document: parse(readFileSync(new URL(`queries/${name}`, here), "utf8")) }));
const text = await codegen({
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  documents,
  filename: "generated.ts",
  config: {
    scalars: { GeoJSONPoint: "GeoJSON.Point" },
    documentMode: "string",
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
  },
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: { operations, documents: typedDocuments },
});
writeFileSync(new URL("src/generated.ts", here), text);
