// @graphql-eslint on schema.graphql and on the operations here: every rule that it has, but for those that are off for a reason.
import graphqlPlugin from "@graphql-eslint/eslint-plugin";

const rulesOf = (name) => graphqlPlugin.configs[`flat/${name}`].rules;

const graphql = {
  languageOptions: {
    parser: graphqlPlugin.parser,
    parserOptions: { graphQLConfig: { schema: "generated/schema.graphql", documents: "operations/*.graphql" } },
  },
  plugins: { "@graphql-eslint": graphqlPlugin },
};

const OFF = {
  // The schema is printed sorted, by names as graphql-core compares them; a test compares the file with the code.
  "@graphql-eslint/alphabetize": "off",
  // Value objects (an address, an amount, a rule's points) have no identity of their own; what has one implements Node.
  "@graphql-eslint/strict-id-in-types": "off",
  // The rule is for read-only schemas.
  "@graphql-eslint/no-root-type": "off",
  // A payload holds what changed; whoever wants more puts a second field into the operation.
  "@graphql-eslint/require-field-of-type-query-in-mutation-result": "off",
  // Refusals are data, so a payload always comes; a list that cannot be read is an error of the whole answer.
  "@graphql-eslint/require-nullable-result-in-root": "off",
};

export default [
  { ignores: ["**/*.ts", "**/*.js", "**/*.mjs", "!generated/", "generated/*", "!generated/schema.graphql"] },
  {
    files: ["generated/schema.graphql"],
    ...graphql,
    rules: {
      ...rulesOf("schema-all"),
      ...rulesOf("schema-relay"),
      // `nodes` stands beside `edges`, short owned lists are plain lists, and what a list holds may have no identity of its own: a group of
      // duplicates, a stay in a step, a move of a status.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      ...OFF,
    },
  },
  { files: ["operations/*.graphql"], ...graphql, rules: rulesOf("operations-recommended") },
];
