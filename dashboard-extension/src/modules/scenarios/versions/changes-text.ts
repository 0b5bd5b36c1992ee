import type { ListedVersionFragment } from "@/graphql/generated";
import type { Language } from "@/lib/bridge";
import { say } from "@/lib/texts";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import type { Difference, Told } from "@/modules/scenarios/versions/side-by-side";

export type Changes = NonNullable<ListedVersionFragment["changes"]>;

/** How much differs, counted as the API counts it for versions. */
export function changesOf({ steps, starts, exits }: Difference): Changes {
  const count = (told: Told) => steps.filter((step) => step.told === told).length;
  return {
    added: count("ADDED"),
    changed: count("CHANGED"),
    moved: count("MOVED"),
    removed: count("REMOVED"),
    starts: starts.length,
    exits: exits.length,
  };
}

const LONG = { added: "added", changed: "stepsChanged", moved: "stepsMoved", removed: "stepsRemoved" } as const;
const SHORT = { added: "added", changed: "changed", moved: "moved", removed: "removed" } as const;

/** What changed in a sentence: `2 steps added, 1 changed, 1 start point differs`. Empty: nothing that one is told. */
export function changesText(changes: Changes, language: Language): string {
  const kinds = (["added", "changed", "moved", "removed"] as const).filter((kind) => changes[kind] > 0);
  const ofSteps = kinds.map((kind, at) =>
    say(versionTexts, language, (at ? SHORT : LONG)[kind], { count: changes[kind] }),
  );
  const others = [
    changes.starts && say(versionTexts, language, "startsDiffer", { count: changes.starts }),
    changes.exits && say(versionTexts, language, "exitsDiffer", { count: changes.exits }),
  ].filter((text): text is string => Boolean(text));
  return [...ofSteps, ...others].join(", ");
}
