import { Plus, Trash2 } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import {
  DEEPEST,
  isComparison,
  joinedBy,
  joinOf,
  NEW_COMPARISON,
  partsOf,
  placeOfPart,
  withMore,
  without,
  withPart,
} from "@/modules/scenarios/conditions";
import type { Json } from "@/modules/scenarios/definition";
import { ComparisonRow } from "@/modules/scenarios/editor/comparison-row";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import type { Scope } from "@/modules/scenarios/editor/variables";
import { conditionText } from "@/modules/scenarios/summary";
import { Button, IconButton } from "@/ui/button";
import { SelectField } from "@/ui/fields";

interface Props {
  /** The start point or step that the condition is of, and the condition's place in it. */
  readonly part: string;
  readonly place: string;
  readonly condition: Json | undefined;
  readonly onChange: (condition: Json) => void;
  /** What it can look at; left out: all that a step can. */
  readonly scope?: Scope;
  readonly depth?: number;
}

/** A condition as lines that all hold, or of which one holds; a line may be a group of lines. */
export function ConditionBuilder({ condition, onChange, ...about }: Props) {
  const { part, place, depth = 0 } = about;
  const { problemAt } = useEditor();
  const say = useTexts(formTexts);
  const found = partsOf(condition);
  if (!found || depth > DEEPEST) return <Foreign part={part} place={place} condition={condition} />;
  const { parts, join } = found;
  // What is wrong with a comparison as such is said in its own row.
  const problem = isComparison(condition) ? undefined : (problemAt(part, place) ?? problemAt(part, `${place}.${join}`));
  return (
    <div className={styles.condition}>
      {(parts.length > 1 || joinOf(condition) === "any") && (
        <SelectField
          label={say("join")}
          hideLabel
          value={join}
          options={[
            { value: "all", label: say("all") },
            { value: "any", label: say("any") },
          ]}
          onChange={(chosen) => onChange(joinedBy(condition, chosen))}
        />
      )}
      {parts.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a comparison is its place; it has no id of its own
        <Part key={at} {...about} whole={condition} at={at} onChange={onChange} condition={one} />
      ))}
      {problem && <p className={styles.problem}>{problem}</p>}
      <Adding condition={condition} onChange={onChange} canNest={depth < DEEPEST} />
    </div>
  );
}

interface PartProps extends Props {
  readonly whole: Json | undefined;
  readonly at: number;
}

function Part({ whole, at, condition, onChange, depth = 0, place, ...about }: PartProps) {
  const say = useTexts(formTexts);
  const inner = place + placeOfPart(whole, at);
  const change = (part: Json) => onChange(withPart(whole, at, part));
  const remove = () => onChange(without(whole, at));
  const canRemove = (partsOf(whole)?.parts.length ?? 0) > 1;
  if (isComparison(condition))
    return (
      <ComparisonRow
        {...about}
        place={inner}
        number={at + 1}
        comparison={condition}
        onChange={change}
        onRemove={canRemove ? remove : undefined}
      />
    );
  return (
    <fieldset className={styles.inner}>
      <legend className="sce-hidden">{say("group")}</legend>
      <ConditionBuilder {...about} place={inner} condition={condition} onChange={change} depth={depth + 1} />
      <IconButton icon={<Trash2 size={16} aria-hidden />} label={say("removeGroup")} onClick={remove} />
    </fieldset>
  );
}

interface AddingProps {
  readonly condition: Json | undefined;
  readonly onChange: (condition: Json) => void;
  readonly canNest: boolean;
}

function Adding({ condition, onChange, canNest }: AddingProps) {
  const say = useTexts(formTexts);
  const group = { any: [NEW_COMPARISON, NEW_COMPARISON] };
  return (
    <div className={styles.row}>
      <Button
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange(withMore(condition, NEW_COMPARISON))}
      >
        {say("addComparison")}
      </Button>
      {canNest && (
        <Button size="small" variant="tertiary" onClick={() => onChange(withMore(condition, group))}>
          {say("addGroup")}
        </Button>
      )}
    </div>
  );
}

/** A condition that was written elsewhere, in a form that the builder does not edit: as words, and kept. */
function Foreign({ part, place, condition }: Pick<Props, "part" | "place" | "condition">) {
  const { language } = useSurroundings();
  const { problemWithin } = useEditor();
  const problem = problemWithin(part, place);
  const say = useTexts(formTexts);
  return (
    <div className={styles.foreign}>
      <p className={styles.note}>{say("readOnlyPart")}</p>
      <p>{conditionText(condition, language)}</p>
      {problem && <p className={styles.problem}>{problem}</p>}
    </div>
  );
}
