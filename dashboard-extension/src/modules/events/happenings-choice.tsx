import { Plus } from "lucide-react";
import { useState } from "react";
import { HappeningKindsDocument } from "@/graphql/generated";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { Button } from "@/ui/button";
import { Checkbox, SelectField, TextField } from "@/ui/fields";
import { type EventDraft, MOST_FIELDS } from "./event-form";
import styles from "./events.module.css";
import { happeningTexts } from "./happening-words";
import {
  changedHappening,
  GROUPS,
  type HappeningDraft,
  type HappeningKind,
  hasKeys,
  hasMinutes,
  offeredFields,
  toggled,
  UNITS,
  withFields,
} from "./happenings";

interface Props {
  readonly draft: EventDraft;
  readonly change: (change: (draft: EventDraft) => EventDraft) => void;
  readonly problemAt: (field: string) => string | undefined;
}

/** What happens in the store and fires the event. */
export function Happenings({ draft, change, problemAt }: Props) {
  const say = useTexts(happeningTexts);
  const count = draft.happenings.length;
  // As it was at first: the list does not close on whoever takes the last one away.
  const [wasChosen] = useState(count > 0);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{say("title")}</legend>
      <p className={styles.help}>{say("help")}</p>
      <details className={styles.advanced} open={wasChosen || undefined}>
        <summary>{count ? say("chosen", { count }) : say("choose")}</summary>
        <div className={styles.happenings}>
          {Object.entries(GROUPS).map(([group, kinds]) => (
            <fieldset key={group} className={styles.choices}>
              <legend className={styles.groupName}>{say(group as keyof typeof GROUPS)}</legend>
              {kinds.map((kind) => (
                <Choice key={kind} kind={kind} draft={draft} change={change} problemAt={problemAt} />
              ))}
            </fieldset>
          ))}
        </div>
      </details>
      {count > 0 && <Filled draft={draft} change={change} />}
    </fieldset>
  );
}

function Choice({ kind, draft, change, problemAt }: Props & { readonly kind: HappeningKind }) {
  const say = useTexts(happeningTexts);
  const index = draft.happenings.findIndex((one) => one.kind === kind);
  const chosen = draft.happenings[index];
  const help = { CHECKOUT_ABANDONED: "abandonedHelp", BACK_IN_STOCK: "stockHelp" } as const;
  return (
    <div className={styles.happening}>
      <Checkbox
        label={say(kind)}
        {...(kind in help ? { help: say(help[kind as keyof typeof help]) } : {})}
        checked={chosen !== undefined}
        onChange={() => change((now) => toggled(now, kind))}
      />
      {chosen && (
        <Settings
          happening={chosen}
          onChange={(part) => change((now) => changedHappening(now, kind, part))}
          problem={problemAt(`happenings[${index}].minutes`) ?? problemAt(`happenings[${index}].keys`)}
        />
      )}
    </div>
  );
}

interface SettingsProps {
  readonly happening: HappeningDraft;
  readonly onChange: (part: Partial<HappeningDraft>) => void;
  readonly problem: string | undefined;
}

function Settings({ happening, onChange, problem }: SettingsProps) {
  const say = useTexts(happeningTexts);
  if (hasKeys(happening.kind))
    return (
      <div className={styles.happeningSettings}>
        <TextField
          label={say("keys")}
          help={say("keysHelp")}
          value={happening.keys}
          onChange={(keys) => onChange({ keys })}
          problem={problem}
          spellCheck={false}
        />
      </div>
    );
  if (!hasMinutes(happening.kind)) return null;
  return (
    <div className={`${styles.happeningSettings} ${styles.row}`}>
      <div className={styles.rowType}>
        <TextField
          label={say("after")}
          inputMode="numeric"
          value={happening.amount}
          onChange={(amount) => onChange({ amount })}
          problem={problem}
          maxLength={6}
        />
      </div>
      <div className={styles.rowType}>
        <SelectField
          label={say("unit")}
          value={happening.unit}
          options={UNITS.map((unit) => ({ value: unit, label: say(unit) }))}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
    </div>
  );
}

/** Which data fields the store fills, and a button that declares them. */
function Filled({ draft, change }: Pick<Props, "draft" | "change">) {
  const say = useTexts(happeningTexts);
  const { data } = useQuery(HappeningKindsDocument, {});
  const offered = offeredFields(draft, data?.customEventHappenings ?? []);
  if (!offered.length) return null;
  const names = offered.map((field) => field.name).join(", ");
  return (
    <div className={styles.choices}>
      <p className={styles.help}>{say(draft.fields.length ? "fillsDeclared" : "fills", { names })}</p>
      <div>
        <Button
          size="small"
          icon={<Plus size={16} aria-hidden />}
          disabled={draft.fields.length + offered.length > MOST_FIELDS}
          onClick={() => change((now) => withFields(now, offered))}
        >
          {say("declare", { count: offered.length })}
        </Button>
      </div>
    </div>
  );
}
