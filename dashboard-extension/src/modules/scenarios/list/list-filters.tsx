import { useTexts } from "@/lib/texts";
import { type ListState, SORTINGS, STATUSES } from "@/modules/scenarios/list/list-state";
import { listTexts } from "@/modules/scenarios/list/messages";
import styles from "@/modules/scenarios/scenarios.module.css";
import { SelectField } from "@/ui/fields";
import { Toolbar } from "@/ui/page";
import { SearchField } from "@/ui/search-field";
import { scenarioStatuses } from "@/words/words";

interface Props {
  readonly state: ListState;
  readonly onState: (state: ListState) => void;
}

export function ListFilters({ state, onState }: Props) {
  const say = useTexts(listTexts);
  const ofStatus = useTexts(scenarioStatuses);
  return (
    <Toolbar label={say("filters")}>
      <div className={styles.search}>
        <SearchField
          label={say("search")}
          value={state.search}
          onSearch={(search) => onState({ ...fromStart(state), search })}
        />
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
