import { getCSSVariables } from "@saleor/macaw-ui";
import type { Plugin } from "vite";

const ID = "virtual:macaw-theme.css";
const FONT = "node_modules/@saleor/macaw-ui/dist/Inter-roman.var.woff2";

function block(selector: string, theme: "defaultLight" | "defaultDark"): string {
  const lines = Object.entries(getCSSVariables(theme)).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join("\n")}\n}\n`;
}

/**
 * macaw-ui's tokens and its font as a style sheet: what makes a page look like the dashboard. Its components are not
 * shipped: they do not tree-shake (83 kB gzipped for one button), and the platform's own elements do the same.
 */
export function macawTheme(): Plugin {
  let root = "";
  return {
    name: "macaw-theme",
    configResolved(config) {
      root = config.root;
    },
    resolveId(id) {
      return id === ID ? `${root}/${ID.replace("virtual:", ".virtual-")}` : undefined;
    },
    load(id) {
      if (!id.endsWith(".virtual-macaw-theme.css")) return;
      const face = `@font-face {
  font-family: "Inter var";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("./${FONT}") format("woff2");
}\n`;
      return face + block(":root", "defaultLight") + block(':root[data-theme="dark"]', "defaultDark");
    },
  };
}
