// The rules for every schema and those of Relay, without the few that this contract departs from on purpose.
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: process.env.SCHEMA } } },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // Rows of a run are values: what is known by an id is the figure in them (`Figure.id`), the run and the
      // neighbourhood. Connections, edges and parts of a figure have no id in Relay's own specification either.
      "@graphql-eslint/strict-id-in-types": "off",
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          withEdgeSuffix: true,
          // For the same reason.
          shouldImplementNode: false,
          // Connections give their `nodes` beside their edges, and a few lists are short by nature: the hours of a day.
          listTypeCanWrapOnlyEdgeType: false,
        },
      ],
    },
  },
];
