import type { Members, Step } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { changed } from "@/modules/scenarios/flow";

/** Sets members of a step; the others stay. */
export function useSet(step: Step): (members: Members) => void {
  const { change } = useEditor();
  return (members) => change((flow) => changed(flow, step.id, (one) => ({ ...one, ...members })));
}
