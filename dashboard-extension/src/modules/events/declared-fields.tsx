import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTexts } from "@/lib/texts";
import { Button, IconButton } from "@/ui/button";
import { Checkbox, SelectField, TextField } from "@/ui/fields";
import { fieldTypes, REFERENCES } from "@/words/words";
import {
  addedField,
  changedField,
  type EventDraft,
  FIELD_TYPES,
  type FieldDraft,
  MOST_FIELDS,
  movedField,
  PRIVACIES,
  removedField,
  VIOLATIONS,
} from "./event-form";
import styles from "./events.module.css";
import { windowTexts } from "./window-texts/messages";

interface Props {
  readonly draft: EventDraft;
  readonly change: (change: (draft: EventDraft) => EventDraft) => void;
  readonly problemAt: (field: string) => string | undefined;
}

/** The data fields that an event declares, and what becomes of firings that break the declarations. */
export function DeclaredFields({ draft, change, problemAt }: Props) {
  const say = useTexts(windowTexts);
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const last = draft.fields.length - 1;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{say("fields")}</legend>
      <p className={styles.help}>{say("fieldsHelp")}</p>
      {draft.fields.length === 0 && <p className={styles.help}>{say("noFields")}</p>}
      <ul ref={list} className={styles.rows} aria-label={say("fields")}>
        {draft.fields.map((field, index) => (
          <Row
            key={field.key}
            field={field}
            index={index}
            isLast={index === last}
            problem={problemAt(`dataFields[${index}].name`)}
            onChange={(part) => change((now) => changedField(now, field.key, part))}
            onMove={(by) => change((now) => movedField(now, field.key, by))}
            onRemove={() => {
              change((now) => removedField(now, field.key));
              // The button that had the focus goes with its row.
              add.current?.focus();
            }}
          />
        ))}
      </ul>
      <div>
        <Button
          ref={add}
          size="small"
          icon={<Plus size={16} aria-hidden />}
          disabled={draft.fields.length >= MOST_FIELDS}
          onClick={() => {
            change(addedField);
            requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
          }}
        >
          {say("addField")}
        </Button>
      </div>
      {draft.fields.length > 0 && <p className={styles.help}>{say("privacyHelp")}</p>}
      {draft.fields.length > 0 && <ViolationsChoice draft={draft} change={change} />}
    </fieldset>
  );
}

interface RowProps {
  readonly field: FieldDraft;
  readonly index: number;
  readonly isLast: boolean;
  readonly problem: string | undefined;
  readonly onChange: (part: Partial<FieldDraft>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function Row({ field, index, isLast, problem, onChange, onMove, onRemove }: RowProps) {
  const say = useTexts(windowTexts);
  const ofType = useTexts(fieldTypes);
  const n = index + 1;
  return (
    <li className={styles.row}>
      <div className={styles.rowName}>
        <TextField
          label={say("nameOfN", { n })}
          hideLabel
          placeholder={say("fieldName")}
          value={field.name}
          onChange={(name) => onChange({ name })}
          problem={problem}
          maxLength={128}
          spellCheck={false}
        />
      </div>
      <div className={styles.rowType}>
        <SelectField
          label={say("typeOfN", { n })}
          hideLabel
          value={field.type}
          options={FIELD_TYPES.map((type) => ({ value: type, label: ofType(type) }))}
          onChange={(type) => onChange({ type })}
        />
      </div>
      <div className={styles.rowPrivacy}>
        <SelectField
          label={say("privacyOfN", { n })}
          hideLabel
          value={field.privacy}
          options={(REFERENCES.has(field.type) ? PRIVACIES.slice(0, 1) : PRIVACIES).map((privacy) => ({
            value: privacy,
            label: say(privacy),
          }))}
          onChange={(privacy) => onChange({ privacy })}
        />
      </div>
      <div className={styles.rowRequired}>
        <Checkbox
          label={
            <>
              <span aria-hidden>{say("fieldRequired")}</span>
              <span className="sce-hidden">{say("requiredN", { n })}</span>
            </>
          }
          checked={field.required}
          onChange={(required) => onChange({ required })}
        />
      </div>
      <div className={styles.rowButtons}>
        <IconButton
          icon={<ArrowUp size={16} aria-hidden />}
          label={say("up", { n })}
          aria-disabled={index === 0 || undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          icon={<ArrowDown size={16} aria-hidden />}
          label={say("down", { n })}
          aria-disabled={isLast || undefined}
          onClick={() => onMove(1)}
        />
        <IconButton icon={<Trash2 size={16} aria-hidden />} label={say("remove", { n })} onClick={onRemove} />
      </div>
    </li>
  );
}

function ViolationsChoice({ draft, change }: Pick<Props, "draft" | "change">) {
  const say = useTexts(windowTexts);
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>{say("violations")}</legend>
      {VIOLATIONS.map((choice) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            name="violations"
            value={choice}
            checked={draft.violations === choice}
            onChange={() => change((now) => ({ ...now, violations: choice }))}
          />
          <span>
            {say(choice)}
            <span className={styles.help}>{say(`${choice}Help`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
