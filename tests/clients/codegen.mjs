// Generates typed documents for operations/ from the schema; the programs here are type-checked against them.
export default {
  schema: "generated/schema.graphql",
  documents: "operations/*.graphql",
  generates: {
    "generated/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        importExtension: ".js",
        useTypeImports: true,
        enumType: "string-literal",
        strictScalars: true,
        scalars: {
          Cursor: "string",
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          EmailAddress: "string",
          JSON: "unknown",
          PhoneNumber: "string",
          URL: "string",
        },
      },
    },
  },
};
