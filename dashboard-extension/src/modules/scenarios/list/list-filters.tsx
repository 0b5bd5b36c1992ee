import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import { type ListState, SORTINGS, STATUSES } from "@/modules/scenarios/list/list-state";
import { listTexts } from "@/modules/scenarios/list/messages";
import styles from "@/modules/scenarios/scenarios.module.css";
import { SelectField, TextField } from "@/ui/fields";
import { Toolbar } from "@/ui/page";
import { scenarioStatuses } from "@/words/words";

/** Milliseconds after the last key before the list is asked for. */
const PAUSE = 300;

interface Props {
  readonly state: ListState;
  readonly onState: (state: ListState) => void;
}

export function ListFilters({ state, onState }: Props) {
  const say = useTexts(listTexts);
  const ofStatus = useTexts(scenarioStatuses);
  const [search, setSearch] = useTyped(state.search, (text) => onState({ ...fromStart(state), search: text }));
  return (
    <Toolbar label={say("filters")}>
      <div className={styles.search}>
        <TextField type="search" label={say("search")} value={search} onChange={setSearch} />
      </div>
      <SelectField
        label={say("status")}
        value={state.status}
        options={STATUSES.map((status) => ({
          value: status,
          label: status === "ALL" || status === "CURRENT" ? say(status) : ofStatus(status),
        }))}
        onChange={(status) => onState({ ...fromStart(state), status })}
      />
      <SelectField
        label={say("sort")}
        value={state.sorting}
        options={SORTINGS.map((sorting) => ({ value: sorting, label: say(sorting) }))}
        onChange={(sorting) => onState({ ...fromStart(state), sorting })}
      />
    </Toolbar>
  );
}

function fromStart({ search, status, sorting }: ListState): ListState {
  return { search, status, sorting };
}

/** What is typed, told on after a pause; a value from elsewhere (cleared, back) is taken over. */
function useTyped(value: string, onPause: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const latest = useRef(onPause);
  latest.current = onPause;
  useEffect(() => {
    if (value !== told.current) setTyped(value);
    told.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      latest.current(typed);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
