// First of all: whoever makes the bridge later has missed what the dashboard says once.
import "@/lib/bridge";
import "virtual:macaw-theme.css";
import "@/ui/tokens.css";
import { type ReactNode, StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { useSurroundings } from "@/lib/bridge";

function Themed({ children }: { readonly children: ReactNode }) {
  const { theme, language } = useSurroundings();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <>{children}</>;
}

/** Show what a page of ours is, in the dashboard's language and theme. */
export function mount(page: ReactNode): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no root.");
  createRoot(root).render(
    <StrictMode>
      <Themed>{page}</Themed>
    </StrictMode>,
  );
}
