import type { CustomEventInvocationStatusEnum } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { zoneName } from "@/lib/times";
import { findEvents, findScenarios, kept, picked } from "@/modules/log/choosing";
import { type Filters, PRESETS, type Preset, preset, type Scope } from "@/modules/log/filters";
import { filtering } from "@/modules/log/messages";
import { REASONS } from "@/modules/log/row-reasons";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/fields";
import { Picker } from "@/ui/picker";
import { useSentence } from "@/words/reasons";
import { invocationStatuses } from "@/words/words";
import styles from "./log.module.css";

interface Props {
  readonly filters: Filters;
  readonly scope: Scope;
  readonly onChange: (change: Partial<Filters>) => void;
}

const STATUSES = Object.keys(invocationStatuses.en) as CustomEventInvocationStatusEnum[];

export function FilterPanel({ filters, scope, onChange }: Props) {
  const say = useTexts(filtering);
  const sayStatus = useTexts(invocationStatuses);
  const sentence = useSentence();
  return (
    <>
      {scope.event === undefined && (
        <Picker
          label={say("event")}
          placeholder={say("choose")}
          value={filters.event && picked(filters.event)}
          search={findEvents}
          onChange={(event) => onChange({ event: kept(event) })}
        />
      )}
      {scope.scenario === undefined && (
        <Picker
          label={say("scenario")}
          placeholder={say("choose")}
          value={filters.scenario && picked(filters.scenario)}
          search={findScenarios}
          onChange={(scenario) => onChange({ scenario: kept(scenario) })}
        />
      )}
      <SelectField
        label={say("status")}
        value={filters.status}
        options={[
          { value: "", label: say("anyStatus") },
          ...STATUSES.map((status) => ({ value: status, label: sayStatus(status) })),
        ]}
        onChange={(status) => onChange({ status })}
      />
      <SelectField
        label={say("reason")}
        value={filters.reason}
        options={[
          { value: "", label: say("anyReason") },
          ...REASONS.map((code) => ({ value: code, label: `${sentence(code)} (${code})` })),
        ]}
        onChange={(reason) => onChange({ reason })}
      />
      <Dates filters={filters} onChange={onChange} />
    </>
  );
}

function Dates({ filters, onChange }: Omit<Props, "scope">) {
  const say = useTexts(filtering);
  const zone = zoneName(useSurroundings().locale);
  return (
    <>
      <TextField
        label={say("from", { zone })}
        type="datetime-local"
        max={filters.to || undefined}
        value={filters.from}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label={say("to", { zone })}
        type="datetime-local"
        min={filters.from || undefined}
        value={filters.to}
        onChange={(to) => onChange({ to })}
      />
      <fieldset className={styles.periods}>
        <legend className="sce-hidden">{say("period")}</legend>
        {(Object.keys(PRESETS) as Preset[]).map((span) => (
          <Button key={span} size="small" onClick={() => onChange(preset(span))}>
            {say(span)}
          </Button>
        ))}
      </fieldset>
    </>
  );
}
