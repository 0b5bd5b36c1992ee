import { useTexts } from "@/lib/texts";
import { type Step, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { EventField } from "@/modules/scenarios/editor/event-field";
import { FilterField } from "@/modules/scenarios/editor/filter-field";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { useSet } from "@/modules/scenarios/editor/use-set";
import { scopeOf } from "@/modules/scenarios/editor/variables";

/** A wait until the same customer's event happens, for a time. */
export function WaitForEventForm({ step }: { readonly step: Step }) {
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const ofEditor = useTexts(editorTexts);
  const set = useSet(step);
  return (
    <>
      <EventField
        label={ofEditor("event")}
        help={say("awaitedHelp")}
        value={typeof step.event === "number" ? step.event : undefined}
        onChange={(chosen) => set({ event: chosen?.number ?? null })}
        problem={problemAt(step.id, "event")}
      />
      <FilterField
        part={step.id}
        member="filter"
        condition={step.filter}
        scope={scopeOf(step.event)}
        onChange={(filter) => set({ filter })}
        words={{
          title: ofEditor("filter"),
          help: say("awaitedFilterHelp"),
          add: ofEditor("addFilter"),
          remove: ofEditor("removeFilter"),
        }}
      />
      <DurationField
        label={say("timeout")}
        value={textOf(step.timeout)}
        onChange={(timeout) => set({ timeout })}
        problem={problemAt(step.id, "timeout")}
      />
    </>
  );
}
