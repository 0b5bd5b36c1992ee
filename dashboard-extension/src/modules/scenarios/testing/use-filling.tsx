import { type ReactNode, useState } from "react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { LoggedOccurrence } from "@/modules/scenarios/testing/logged-occurrence";
import { mailTexts } from "@/modules/scenarios/testing/mail-texts/messages";
import { NEW_TRIAL } from "@/modules/scenarios/testing/trial";
import { SelectField } from "@/ui/fields";
import { common } from "@/words/words";

/** What an action is filled in with when it is tried by itself. */
export interface Filling {
  /** The first start point's event; undefined: none is chosen. */
  readonly event: KnownEvent | undefined;
  /** As the API takes it. */
  readonly from: { readonly occurrenceId: string } | { readonly event: string } | undefined;
  readonly isReady: boolean;
  /** The choice between the two. */
  readonly shown: ReactNode;
}

/** What fills it in: nothing real, or a logged occurrence, for whoever may see those. */
export function useFilling(): Filling {
  const event = useStartEvent();
  const say = useTexts(mailTexts);
  const ofAll = useTexts(common);
  const missing = useViewer().missing("TEST_WITH_OCCURRENCE");
  const [source, setSource] = useState("madeUp");
  const [occurrenceId, setOccurrenceId] = useState("");
  const isLogged = source === "logged" && missing.length === 0;
  const why = ofAll("missingPermission", { count: missing.length, codes: missing.join(", ") });
  const shown = event && (
    <>
      <SelectField
        label={say("filledIn")}
        value={isLogged ? "logged" : "madeUp"}
        options={[
          { value: "madeUp", label: say("madeUp") },
          { value: "logged", label: say("logged") },
        ]}
        onChange={setSource}
        disabled={missing.length > 0}
        help={missing.length > 0 ? why : undefined}
      />
      {isLogged && (
        <LoggedOccurrence
          event={event}
          trial={{ ...NEW_TRIAL, occurrenceId }}
          onTrial={(trial) => setOccurrenceId(trial.occurrenceId)}
        />
      )}
    </>
  );
  const from = !event ? undefined : isLogged ? { occurrenceId } : { event: event.id };
  return { event, from, isReady: event !== undefined && (!isLogged || occurrenceId !== ""), shown };
}

/** The first start point's event, whose data fields fill it in. */
function useStartEvent(): KnownEvent | undefined {
  const { flow, events } = useEditor();
  for (const start of flow.starts) {
    const event = typeof start.event === "number" ? events.get(start.event) : undefined;
    if (event) return event;
  }
  return undefined;
}
