import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { macawTheme } from "./theme";

export default defineConfig({
  base: "/plugins/global/custom-events/dashboard/",
  plugins: [macawTheme(), react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    outDir: "../saleor_custom_events/dashboard",
    emptyOutDir: true,
    manifest: true,
    // The card on a customer's page of the dashboard is a page of its own: it loads little.
    rollupOptions: { input: ["index.html", "customer.html"] },
    modulePreload: { polyfill: false },
    // The page's policy allows no `data:` scripts or fonts.
    assetsInlineLimit: 0,
    target: "es2022",
  },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: ["test/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}", "client/**/*.test.ts"],
    restoreMocks: true,
  },
});
