import type { ChangeEvent } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { type DeclaredField, earlierResults, earlierVariables, type Scope } from "@/modules/scenarios/editor/variables";
import { CUSTOMER, MEMBERS, OCCURRENCE, operandOf, typeOfField } from "@/modules/scenarios/operands";
import { operandText, stepTitle } from "@/modules/scenarios/summary";
import { FieldFrame, TextField } from "@/ui/fields";
import fieldStyles from "@/ui/fields.module.css";

interface Props {
  readonly part: string;
  readonly scope: Scope;
  readonly fields: readonly DeclaredField[];
  readonly value: string;
  readonly onChange: (left: string) => void;
  readonly problem?: string;
}

type Say = (key: "sentByBrowser" | "readFromStore", values: { readonly name: string }) => string;
type Option = { readonly value: string; readonly label: string };

/** Prefixes whose name is typed beside the list. */
const FIELD = "dataFields.";
const METADATA = "customer.metadata.";

/** What a comparison looks at: from a list, or by a name that is typed. */
export function OperandField({ part, scope, fields, value, onChange, problem }: Props) {
  const { flow, numbers, actions } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const typed = typedPart(value, fields);
  const earlier = scope.results ? earlierResults(flow, part) : [];
  const results = earlier.map((step) => ({
    value: `steps.${step.id}.`,
    label: say("resultOf", { number: numbers.get(step.id) ?? 0, title: stepTitle(step, language, actions) }),
  }));
  const variables = scope.results ? earlierVariables(flow, part) : [];
  const named = (source: "occurrence" | "customer", kinds: Readonly<Record<string, unknown>>) =>
    Object.keys(kinds).map((name) => ({
      value: `${source}.${name}`,
      label: operandText(`${source}.${name}`, language),
    }));
  const groups = [
    {
      label: say("dataFields"),
      options: [
        ...fields.flatMap((field) => fieldOptions(field, scope.results, say)),
        { value: FIELD, label: say("otherField") },
      ],
    },
    { label: say("occurrence"), options: named("occurrence", OCCURRENCE) },
    ...(scope.customer
      ? [
          {
            label: say("customer"),
            options: [...named("customer", CUSTOMER), { value: METADATA, label: say("metadataKey") }],
          },
        ]
      : []),
    ...(results.length ? [{ label: say("results"), options: results }] : []),
    ...(variables.length
      ? [{ label: say("variables"), options: variables.map((name) => ({ value: `variables.${name}`, label: name })) }]
      : []),
  ];
  const chosen = typed ? typed.prefix : value;
  const isListed = groups.some((group) => group.options.some((option) => option.value === chosen));
  return (
    <div className={styles.operand}>
      <FieldFrame label={say("left")} problem={typed ? undefined : problem}>
        {(wiring) => (
          <select
            {...wiring}
            className={fieldStyles.control}
            value={chosen}
            onChange={(event: ChangeEvent<HTMLSelectElement>) => onChange(event.target.value)}
          >
            {!isListed && <option value={chosen}>{chosen ? operandText(value, language) : say("chooseLeft")}</option>}
            {groups.map((group) => (
              <optgroup key={group.label} label={group.label}>
                {group.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
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

/** A data field and, where it names something of the store and a step asks, what the store has of it. */
function fieldOptions({ name, type, isPublic }: DeclaredField, reads: boolean, say: Say): readonly Option[] {
  const members = reads ? Object.keys(MEMBERS[type ?? ""] ?? {}) : [];
  // Of what names something of the store the store is asked, whoever names it.
  const label = isPublic && !MEMBERS[type ?? ""] ? say("sentByBrowser", { name }) : name;
  return [
    { value: FIELD + name, label },
    ...members.map((member) => ({
      value: `${FIELD}${name}.${member}`,
      label: say("readFromStore", { name: `${name}.${member}` }),
    })),
  ];
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
