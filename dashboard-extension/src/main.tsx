// First of all: whoever makes the bridge later has missed what the dashboard says once.
import "@/lib/bridge";
import "virtual:macaw-theme.css";
import "@/ui/tokens.css";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app";
import { useSurroundings } from "@/lib/bridge";

function Themed() {
  const { theme, language } = useSurroundings();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <App />;
}

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root.");
createRoot(root).render(
  <StrictMode>
    <Themed />
  </StrictMode>,
);
