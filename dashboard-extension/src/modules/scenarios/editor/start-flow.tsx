import { useTexts } from "@/lib/texts";
import { isMembers, type Members, textOf } from "@/modules/scenarios/definition";
import { DurationField } from "@/modules/scenarios/editor/duration-field";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import type { StartProps } from "@/modules/scenarios/editor/start-entry";
import { SelectField, TextField } from "@/ui/fields";

const NEW: Readonly<Record<string, Members>> = {
  debounce: { quiet: "PT10M", atMost: "PT1H", key: "customer" },
  throttle: { count: 100, per: "PT1H", key: null },
  rateLimit: { count: 1, per: "P1D", key: "customer" },
  oneAtATime: { key: "customer" },
};
const KINDS = ["debounce", "throttle", "rateLimit", "oneAtATime"] as const;
const FIELD = "dataFields.";

/** How many invocations begin, and when. */
export function StartFlow({ start, set }: StartProps) {
  const { problemAt } = useEditor();
  const say = useTexts(editorTexts);
  const flow = isMembers(start.flow) ? start.flow : undefined;
  const kind = KINDS.find((one) => one === flow?.type);
  const change = (members: Members) => set({ flow: { ...flow, ...members } });
  return (
    <>
      <div className={styles.half}>
        <SelectField
          label={say("flow")}
          help={kind && say(`${kind}Help`)}
          value={kind ?? ""}
          options={[{ value: "", label: say("flowNone") }, ...KINDS.map((value) => ({ value, label: say(value) }))]}
          onChange={(chosen) => set({ flow: chosen ? { type: chosen, ...NEW[chosen] } : undefined })}
          problem={problemAt(start.id, "flow.type")}
        />
      </div>
      {flow && kind === "debounce" && (
        <>
          <Time start={start} flow={flow} member="quiet" change={change} />
          <Time start={start} flow={flow} member="atMost" change={change} />
        </>
      )}
      {flow && (kind === "throttle" || kind === "rateLimit") && (
        <>
          <Count start={start} flow={flow} change={change} />
          <Time start={start} flow={flow} member="per" change={change} />
        </>
      )}
      {flow && kind && <Key start={start} flow={flow} change={change} />}
    </>
  );
}

interface PartProps extends Pick<StartProps, "start"> {
  readonly flow: Members;
  readonly change: (members: Members) => void;
}

function Time({ start, flow, member, change }: PartProps & { readonly member: "quiet" | "atMost" | "per" }) {
  const { problemAt } = useEditor();
  const say = useTexts(editorTexts);
  return (
    <DurationField
      label={say(member)}
      value={textOf(flow[member])}
      onChange={(time) => change({ [member]: time })}
      problem={problemAt(start.id, `flow.${member}`)}
    />
  );
}

function Count({ start, flow, change }: PartProps) {
  const { problemAt } = useEditor();
  const say = useTexts(editorTexts);
  const write = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, 7);
    change({ count: digits ? Number(digits) : null });
  };
  return (
    <div className={styles.half}>
      <TextField
        label={say("flowCount")}
        inputMode="numeric"
        value={typeof flow.count === "number" ? String(flow.count) : ""}
        onChange={write}
        problem={problemAt(start.id, "flow.count")}
      />
    </div>
  );
}

function Key({ start, flow, change }: PartProps) {
  const { problemAt } = useEditor();
  const say = useTexts(editorTexts);
  const key = textOf(flow.key);
  const kind = key === "customer" ? "customer" : key ? "field" : "all";
  const problem = problemAt(start.id, "flow.key");
  return (
    <div className={styles.row}>
      <SelectField
        label={say("flowKey")}
        value={kind}
        options={[
          { value: "all", label: say("keyAll") },
          { value: "customer", label: say("keyCustomer") },
          { value: "field", label: say("keyField") },
        ]}
        onChange={(to) => change({ key: to === "all" ? null : to === "customer" ? to : FIELD })}
      />
      {kind === "field" && (
        <TextField
          label={say("keyName")}
          value={key.startsWith(FIELD) ? key.slice(FIELD.length) : key}
          onChange={(name) => change({ key: FIELD + name })}
          problem={problem}
        />
      )}
    </div>
  );
}
