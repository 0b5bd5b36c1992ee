import type { CodegenConfig } from "@graphql-codegen/cli";

const SCHEMA = "../saleor_custom_events/doors/graphql/schema.graphql";

/** Types from the schema file that the backend's tests hold to the code; texts from the `.graphql` files beside the modules. */
const config: CodegenConfig = {
  schema: SCHEMA,
  documents: "src/**/*.graphql",
  silent: true,
  generates: {
    "src/graphql/generated.ts": {
      plugins: ["typescript", "typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { DateTime: "string", CustomEventJSON: "unknown" },
      },
    },
  },
};

export default config;
