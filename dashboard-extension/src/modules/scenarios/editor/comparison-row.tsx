import { Trash2 } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { withLeft, withOperator } from "@/modules/scenarios/conditions";
import { type Members, textOf } from "@/modules/scenarios/definition";
import { ComparedValue } from "@/modules/scenarios/editor/compared-value";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { OperandField } from "@/modules/scenarios/editor/operand-field";
import { suggestionsOf } from "@/modules/scenarios/editor/suggestions";
import { useSamples } from "@/modules/scenarios/editor/use-samples";
import { declaredFields, OF_STEP, type Scope } from "@/modules/scenarios/editor/variables";
import {
  fitting,
  isOperator,
  kindOf,
  type Operator,
  operatorsOf,
  typeOfField,
  UNARY,
  valueTypesOf,
} from "@/modules/scenarios/operands";
import { operatorText } from "@/modules/scenarios/summary";
import { IconButton } from "@/ui/button";
import { SelectField } from "@/ui/fields";

interface Props {
  readonly part: string;
  readonly place: string;
  readonly scope?: Scope;
  readonly number: number;
  readonly comparison: Members;
  readonly onChange: (comparison: Members) => void;
  /** Left out where it is the only one. */
  readonly onRemove?: () => void;
}

/** One comparison: what, how, with what. */
export function ComparisonRow({ part, place, scope = OF_STEP, number, comparison, onChange, onRemove }: Props) {
  const { flow, events, problemAt, problemWithin } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const left = textOf(comparison.left);
  const samples = useSamples(scope.event);
  const fields = declaredFields(flow, events, scope.event);
  const typeOf = (of: string) => typeOfField(of, fields);
  const types = valueTypesOf(kindOf(left), typeOf(left));
  const operator: Operator = isOperator(comparison.operator) ? comparison.operator : "equals";
  const allowed = operatorsOf(kindOf(left), types);
  // What is written stays to be chosen, also where it makes no sense: the server says so.
  const operators = allowed.includes(operator) ? allowed : [operator, ...allowed];
  const fit = fitting(operator, types);
  return (
    <div className={styles.comparison}>
      <OperandField
        part={part}
        scope={scope}
        fields={fields}
        value={left}
        onChange={(to) => onChange(withLeft(comparison, to, typeOf(to)))}
        problem={problemAt(part, `${place}.left`)}
      />
      <SelectField
        label={say("operator")}
        value={operator}
        options={operators.map((one) => ({ value: one, label: operatorText(one, sampleOf(fit[0]), language) }))}
        onChange={(to) => onChange(withOperator(comparison, to, typeOf(left)))}
        problem={problemAt(part, `${place}.operator`)}
      />
      {!UNARY.includes(operator) && (
        <ComparedValue
          left={left}
          operator={operator}
          types={fit.length ? fit : types}
          value={comparison.right}
          onChange={(right) => onChange({ ...comparison, right })}
          problem={problemWithin(part, `${place}.right`)}
          suggestions={suggestionsOf(left, fields, flow, samples)}
        />
      )}
      {onRemove && (
        <IconButton
          icon={<Trash2 size={16} aria-hidden />}
          label={say("removeComparison", { number })}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

/** Something of the type, for the operator's words: a date is before, a number is less. */
function sampleOf(type: string | undefined): unknown {
  return type === "date" || type === "dateTime" ? { date: "" } : "";
}
