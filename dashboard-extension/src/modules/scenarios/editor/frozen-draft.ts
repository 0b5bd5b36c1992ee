import type { Flow } from "@/modules/scenarios/definition";
import type { Draft, ScenarioDetails } from "@/modules/scenarios/editor/use-draft";

const IDLE = { busy: false, failure: undefined, run: async () => undefined, forget: () => undefined };
const NOTHING = () => undefined;

/** A flow to be looked at, as a draft that cannot be edited: for `EditorProvider` with `readOnly`. */
export function frozenDraft(scenario: ScenarioDetails, flow: Flow): Draft {
  return {
    scenario,
    flow,
    isForeign: false,
    generation: 0,
    change: NOTHING,
    undo: undefined,
    redo: undefined,
    unsaved: false,
    check: { state: "current", problems: [], warnings: [], needs: [], again: NOTHING },
    save: IDLE,
    theirs: undefined,
    meet: NOTHING,
    newest: IDLE,
    replace: NOTHING,
    bringBack: NOTHING,
    refresh: NOTHING,
  };
}
