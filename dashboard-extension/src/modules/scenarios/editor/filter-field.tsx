import { Filter, Trash2 } from "lucide-react";
import { NEW_COMPARISON } from "@/modules/scenarios/conditions";
import type { Json } from "@/modules/scenarios/definition";
import { ConditionBuilder } from "@/modules/scenarios/editor/condition-builder";
import styles from "@/modules/scenarios/editor/flow.module.css";
import type { Scope } from "@/modules/scenarios/editor/variables";
import { Button } from "@/ui/button";

interface Props {
  readonly part: string;
  /** Where it stands in the part. */
  readonly member: string;
  readonly condition: Json | undefined;
  readonly scope: Scope;
  /** null: it is taken away. */
  readonly onChange: (condition: Json) => void;
  readonly words: {
    readonly title: string;
    readonly help: string;
    readonly add: string;
    readonly remove: string;
    /** What holds without it. */
    readonly none?: string;
  };
}

/** A condition that there may be or not. */
export function FilterField({ part, member, condition, scope, onChange, words }: Props) {
  if (condition === undefined || condition === null)
    return (
      <div className={styles.row}>
        {words.none && <span className={styles.note}>{words.none}</span>}
        <Button size="small" icon={<Filter size={14} aria-hidden />} onClick={() => onChange(NEW_COMPARISON)}>
          {words.add}
        </Button>
      </div>
    );
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{words.title}</legend>
      <p className={styles.note}>{words.help}</p>
      <ConditionBuilder part={part} place={member} scope={scope} condition={condition} onChange={onChange} />
      <div>
        <Button size="small" variant="tertiary" icon={<Trash2 size={14} aria-hidden />} onClick={() => onChange(null)}>
          {words.remove}
        </Button>
      </div>
    </fieldset>
  );
}
