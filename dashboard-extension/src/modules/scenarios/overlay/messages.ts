import { catalogue } from "@/lib/texts";

/** What one does on a scenario's page. */
export const modeTexts = catalogue({
  en: { mode: "What you do here", build: "Build", test: "Test", results: "Results" },
  pl: { mode: "Co tu robisz", build: "Budowa", test: "Test", results: "Wyniki" },
});
