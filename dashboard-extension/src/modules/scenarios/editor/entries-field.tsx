import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTexts } from "@/lib/texts";
import { type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { TemplateField } from "@/modules/scenarios/editor/template-field";
import { Button, IconButton } from "@/ui/button";
import { TextField } from "@/ui/fields";

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly problem?: string;
  readonly step: Step;
  /** Where it stands in the step: `config.entries`. */
  readonly member: string;
  readonly value: Members;
  readonly onChange: (value: Members) => void;
}

interface Entry {
  readonly key: number;
  readonly name: string;
  readonly text: string;
}

function membersOf(entries: readonly Entry[]): Members {
  return Object.fromEntries(entries.map((entry) => [entry.name, entry.text]));
}

/** Names and what they get, each a template. Rows are kept here while two of them have one name, which no object can. */
export function EntriesField({ label, help, problem, step, member, value, onChange }: Props) {
  const { problemAt, problems } = useEditor();
  const say = useTexts(formTexts);
  const isOfName = (name: string) =>
    problems.some((one) => one.part === step.id && one.member === `${member}.${name}` && one.code === "INVALID_NAME");
  const [entries, setEntries] = useState<readonly Entry[]>(() =>
    Object.entries(value).map(([name, text], key) => ({ key, name, text: textOf(text) })),
  );
  const set = (now: readonly Entry[]) => {
    setEntries(now);
    onChange(membersOf(now));
  };
  const change = (key: number, change: Partial<Entry>) =>
    set(entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  const add = () =>
    set([...entries, { key: Math.max(-1, ...entries.map((entry) => entry.key)) + 1, name: "", text: "" }]);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      {help && <p className={styles.note}>{help}</p>}
      {entries.map((entry, at) => {
        const isTaken = entries.findIndex((one) => one.name === entry.name) < at;
        const wrong = problemAt(step.id, `${member}.${entry.name}`);
        const atName = !entry.text || isOfName(entry.name);
        return (
          <div key={entry.key} className={styles.entry}>
            <TextField
              label={say("entryName")}
              value={entry.name}
              maxLength={250}
              onChange={(name) => change(entry.key, { name })}
              problem={isTaken ? say("entryTaken") : atName ? wrong : undefined}
            />
            <TemplateField
              label={say("entryValue")}
              step={step}
              value={entry.text}
              onChange={(text) => change(entry.key, { text })}
              problem={atName ? undefined : wrong}
            />
            <IconButton
              icon={<Trash2 size={16} aria-hidden />}
              label={say("removeEntry", { name: entry.name })}
              onClick={() => set(entries.filter((one) => one.key !== entry.key))}
            />
          </div>
        );
      })}
      {problem && <p className={styles.problem}>{problem}</p>}
      <div>
        <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
          {say("addEntry")}
        </Button>
      </div>
    </fieldset>
  );
}
