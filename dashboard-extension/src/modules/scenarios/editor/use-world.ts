import { useSurroundings } from "@/lib/bridge";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import type { World } from "@/modules/scenarios/editor/names";
import { useSamples } from "@/modules/scenarios/editor/use-samples";

/** What names are made of; samples of the start points' events, or of one (null: of none). */
export function useWorld(only?: number | null): World {
  const { flow, events, numbers, actions } = useEditor();
  const { language, locale } = useSurroundings();
  const samples = useSamples(only);
  return { flow, events, numbers, actions, samples, language, locale };
}
