import type { PauseDetailsFragment } from "@/graphql/generated";
import type { Language } from "@/lib/bridge";
import { catalogue, say } from "@/lib/texts";

/** What is paused, in words: on the page of the settings, and above every page while something is. */
export const pauseWords = catalogue({
  en: {
    ALL: "Everything",
    EVENT: "Event {number} {name}",
    ACTION: "Action “{name}”",
    bannerAll: "Everything is paused since {time} by {by}. Firings are kept and run when it is resumed.",
    bannerSome: "Paused: {names}. What that holds runs when it is resumed.",
    bannerLink: "To the kill switches",
  },
  pl: {
    ALL: "Wszystko",
    EVENT: "Zdarzenie {number} {name}",
    ACTION: "Akcja „{name}”",
    bannerAll: "Wszystko jest wstrzymane od {time} ({by}). Wystąpienia są zachowywane i ruszą po wznowieniu.",
    bannerSome: "Wstrzymane: {names}. To, co czeka, ruszy po wznowieniu.",
    bannerLink: "Do wyłączników",
  },
});

/** Name what a pause is of: `Event 5 Size quiz`. */
export function nameOfPause(pause: PauseDetailsFragment, language: Language): string {
  const name =
    pause.kind === "ACTION" ? (pause.actionLabel?.[language] ?? pause.action ?? "") : (pause.customEvent?.name ?? "");
  return say(pauseWords, language, pause.kind, { name, number: pause.customEvent?.number ?? "" });
}
