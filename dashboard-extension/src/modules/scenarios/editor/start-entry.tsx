import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { type Members, type Start, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { FilterField } from "@/modules/scenarios/editor/filter-field";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { StartFlow } from "@/modules/scenarios/editor/start-flow";
import { scopeOf } from "@/modules/scenarios/editor/variables";
import { Checkbox, SelectField } from "@/ui/fields";

export interface StartProps {
  readonly start: Start;
  readonly set: (members: Members) => void;
}

const MODES = ["every", "once", "oncePerPeriod", "notWhileRunning", "restart"] as const;

/** Who may enter, how often, and how many at a time. */
export function Entry({ start, set }: StartProps) {
  const say = useTexts(editorTexts);
  const { problemAt } = useEditor();
  const mode = MODES.find((one) => one === start.reentry) ?? "every";
  return (
    <>
      <FilterField
        part={start.id}
        member="customerFilter"
        condition={start.customerFilter}
        scope={scopeOf(start.event, true)}
        onChange={(filter) => set({ customerFilter: filter ?? undefined })}
        words={{
          title: say("customerFilter"),
          help: say("customerFilterHelp"),
          add: say("addCustomerFilter"),
          remove: say("removeCustomerFilter"),
        }}
      />
      <div className={styles.half}>
        <SelectField
          label={say("reentry")}
          value={mode}
          options={MODES.map((value) => ({ value, label: say(value) }))}
          onChange={(reentry) => set({ reentry, period: reentry === "oncePerPeriod" ? "P7D" : undefined })}
          problem={problemAt(start.id, "reentry")}
        />
      </div>
      {mode === "oncePerPeriod" && (
        <DurationField
          label={say("period")}
          value={textOf(start.period)}
          onChange={(period) => set({ period })}
          problem={problemAt(start.id, "period")}
        />
      )}
      <StartFlow start={start} set={set} />
      <Unverified start={start} set={set} />
    </>
  );
}

function Unverified({ start, set }: StartProps) {
  const say = useTexts(editorTexts);
  const viewer = useViewer();
  const isAllowed = start.allowUnverified === true;
  return (
    <Checkbox
      label={say("allowUnverified")}
      help={say("allowUnverifiedHelp")}
      checked={isAllowed}
      // Whoever may not allow it may still take it back.
      missing={isAllowed ? [] : viewer.missing("ALLOW_UNVERIFIED")}
      onChange={(allowUnverified) => set({ allowUnverified })}
    />
  );
}
