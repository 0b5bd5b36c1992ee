import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One ES module without dependencies: what the store serves as `client.js`, in a folder that is npm's package. */
export default defineConfig({
  root: beside("."),
  publicDir: "package",
  plugins: [
    {
      name: "licence",
      generateBundle() {
        this.emitFile({ type: "asset", fileName: "LICENSE", source: readFileSync(beside("../../LICENSE")) });
      },
    },
  ],
  build: {
    outDir: "../../saleor_custom_events/client",
    emptyOutDir: true,
    modulePreload: false,
    target: "es2020",
    rollupOptions: {
      input: beside("src/client.ts"),
      preserveEntrySignatures: "strict",
      output: { format: "es", entryFileNames: "client.js" },
    },
  },
});
