import { useEffect, useState } from "react";
import { elementId, focusOn, spotId, useEditor } from "@/modules/scenarios/editor/editor-context";
import type { Session, SetSession } from "@/modules/scenarios/testing/session";

export interface Choosing {
  /** Tell of a part, and bring it into view in the flow; `visit`: of which visit. */
  readonly choose: (part: string, visit?: number) => void;
  /** Tell of it no more. */
  readonly leave: () => void;
  /** Bring the form of a part here, or in the list into view. */
  readonly edit: (part: string) => void;
  readonly editing: string | undefined;
  readonly stopEditing: () => void;
  /** Bring what came of the test into view. */
  readonly reveal: () => void;
}

/** The id of what is told of a part (and of one of its visits) beside the flow. */
export function entryId(part: string, visit?: number): string {
  return `tried-${part}-${visit ?? ""}`;
}

/** The part that is told of: the same in the panel, the picture and the list. */
export function useChoosing({ kind, part, visit }: Session, change: SetSession): Choosing {
  const { chosen, lead } = useEditor();
  const [editing, setEditing] = useState<string>();
  const choose = (of: string, at?: number) => {
    change((now) => ({ ...now, part: of, visit: visitOf(now, of, at) }));
    if (document.getElementById(spotId(of))) lead(of, false);
    else document.getElementById(elementId(of))?.scrollIntoView({ block: "center" });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is newly chosen in the flow is followed
  useEffect(() => {
    if (chosen === undefined) return;
    setEditing((now) => (now === chosen ? now : undefined));
    change((now) => (now.part === chosen ? now : { ...now, part: chosen, visit: visitOf(now, chosen) }));
  }, [chosen]);
  useEffect(() => {
    if (part !== undefined) showEntry(entryId(part, kind === "one" ? visit : undefined));
  }, [kind, part, visit]);
  return {
    choose,
    leave: () => change((now) => ({ ...now, part: undefined, visit: undefined })),
    edit: (of) => {
      if (document.getElementById(spotId(of))) setEditing(of);
      lead(of);
    },
    editing,
    stopEditing: () => {
      setEditing(undefined);
      focusOn(part ?? null);
    },
    reveal: () => requestAnimationFrame(() => showEntry(OUTCOME)),
  };
}

/** The id of the whole of what came of a test. */
export const OUTCOME = "test-outcome";

function visitOf({ one }: Session, part: string, visit?: number): number | undefined {
  return visit ?? one?.result.steps?.find(({ step }) => step === part)?.visit;
}

/** Within what scrolls around it and no further: the page stays where somebody types. */
function showEntry(id: string): void {
  const entry = document.getElementById(id);
  const around = entry?.closest("aside");
  if (!entry || !around) return;
  const [box, frame] = [entry.getBoundingClientRect(), around.getBoundingClientRect()];
  if (box.top < frame.top || box.height > frame.height) around.scrollTop += box.top - frame.top;
  else if (box.bottom > frame.bottom) around.scrollTop += box.bottom - frame.bottom;
}
