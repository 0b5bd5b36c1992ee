import type { Language } from "@/lib/bridge";
import { say } from "@/lib/texts";
import type { Mark, Overlay } from "@/modules/scenarios/overlay/overlay";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import type { Difference } from "@/modules/scenarios/versions/side-by-side";
import type { Hue } from "@/ui/pill";

const LOOKS = {
  ADDED: { hue: "success", title: "markAdded" },
  CHANGED: { hue: "warning", title: "markChanged" },
  MOVED: { hue: "info", title: "markMoved" },
} as const satisfies Record<string, { hue: Hue; title: keyof (typeof versionTexts)["en"] }>;

/** What a version changed, as marks on its own parts; what it took away has no place in it. */
export function versionMarks({ steps, starts }: Difference, language: Language): Overlay {
  const parts = new Map<string, Mark>();
  for (const { id, told } of [...starts, ...steps]) {
    const look = told && told !== "REMOVED" ? LOOKS[told] : undefined;
    if (!look || !told) continue;
    const badge = {
      key: "changed",
      hue: look.hue,
      text: say(versionTexts, language, told),
      title: say(versionTexts, language, look.title),
    };
    parts.set(id, { hue: look.hue, badges: [badge] });
  }
  return { parts, ways: new Map(), dims: false };
}
