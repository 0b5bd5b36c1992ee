import { ChevronDown } from "lucide-react";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { FIELD, METADATA, operandNames } from "@/modules/scenarios/editor/names";
import { useWorld } from "@/modules/scenarios/editor/use-world";
import type { DeclaredField, Scope } from "@/modules/scenarios/editor/variables";
import { operandOf, typeOfField } from "@/modules/scenarios/operands";
import { operandText } from "@/modules/scenarios/summary";
import { classes, FieldFrame, TextField } from "@/ui/fields";
import fieldStyles from "@/ui/fields.module.css";
import { Finder } from "@/ui/finder";

interface Props {
  readonly part: string;
  readonly scope: Scope;
  readonly fields: readonly DeclaredField[];
  readonly value: string;
  readonly onChange: (left: string) => void;
  readonly problem?: string;
  /** Of a comparison where they are left out. */
  readonly label?: string;
  readonly placeholder?: string;
}

/** What a comparison looks at: found in a list, or by a name that is typed. */
export function OperandField({ part, scope, fields, value, onChange, problem, label, placeholder }: Props) {
  const world = useWorld(scope.event);
  const say = useTexts(formTexts);
  const names = operandNames(world, part, scope, fields);
  const typed = names.some(({ key }) => key === value && !key.endsWith(".")) ? undefined : typedPart(value, fields);
  const chosen = typed ? typed.prefix : value;
  const shown = names.find(({ key }) => key === chosen)?.label ?? (value && operandText(value, world.language));
  return (
    <div className={styles.operand}>
      <FieldFrame label={label ?? say("left")} problem={typed ? undefined : problem} isEmpty={value === ""}>
        {(field) => (
          <Finder
            label={placeholder ?? say("chooseLeft")}
            items={() => names}
            chosen={chosen}
            onChoose={onChange}
            button={({ ref, wiring }) => (
              <button
                ref={ref}
                type="button"
                role="combobox"
                {...field}
                {...wiring}
                aria-expanded={wiring["aria-expanded"]}
                className={classes(fieldStyles.control, styles.chooser)}
              >
                <span>{shown || (placeholder ?? say("chooseLeft"))}</span>
                <ChevronDown size={16} aria-hidden />
              </button>
            )}
          />
        )}
      </FieldFrame>
      {typed && (
        <TextField
          label={say(typed.prefix === FIELD ? "fieldName" : typed.prefix === METADATA ? "keyName" : "resultName")}
          value={typed.name}
          onChange={(name) => onChange(typed.prefix + name)}
          problem={problem}
        />
      )}
    </div>
  );
}

/** The prefix and the typed name, where the operand is one whose name is typed. */
function typedPart(value: string, fields: readonly DeclaredField[]): { prefix: string; name: string } | undefined {
  const operand = operandOf(value);
  const isKnown = fields.some(({ name }) => FIELD + name === value) || typeOfField(value, fields) !== undefined;
  if (operand.source === "dataFields" && !isKnown) return { prefix: FIELD, name: operand.name };
  if (operand.source === "metadata") return { prefix: METADATA, name: operand.name };
  if (operand.source === "steps") return { prefix: `steps.${operand.step}.`, name: operand.name };
  return undefined;
}
