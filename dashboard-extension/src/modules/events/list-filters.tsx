import type { ReactNode } from "react";
import { useTexts } from "@/lib/texts";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/fields";
import { Empty } from "@/ui/notice";
import { Toolbar } from "@/ui/page";
import { SearchField } from "@/ui/search-field";
import { emptiness, type ListState, type looking, SORTINGS, STATUSES } from "./list-state";
import { listTexts } from "./messages";

export type Look = (change: Parameters<typeof looking>[1]) => void;

/** Search, status and order of the event list. */
export function Filters({ state, look }: { readonly state: ListState; readonly look: Look }) {
  const say = useTexts(listTexts);
  return (
    <Toolbar label={say("filters")}>
      <SearchField label={say("search")} value={state.search} onSearch={(search) => look({ search })} />
      <div>
        <SelectField
          label={say("status")}
          hideLabel
          value={state.status}
          onChange={(status) => look({ status })}
          options={STATUSES.map((value) => ({ value, label: say(value) }))}
        />
      </div>
      <div>
        <SelectField
          label={say("sort")}
          hideLabel
          value={state.sorting}
          onChange={(sorting) => look({ sorting })}
          options={SORTINGS.map((value) => ({ value, label: say(value) }))}
        />
      </div>
    </Toolbar>
  );
}

interface NothingProps {
  readonly state: ListState;
  readonly every: number;
  readonly create: ReactNode;
  readonly look?: Look;
}

/** Why the list is empty, and the way on. */
export function Nothing({ state, every, create, look }: NothingProps) {
  const say = useTexts(listTexts);
  switch (emptiness(state, every)) {
    case "none":
      return (
        <Empty title={say("emptyTitle")} action={create}>
          {say("emptyText")}
        </Empty>
      );
    case "archived":
      return (
        <Empty
          title={say("allArchived")}
          action={<Button onClick={() => look?.({ status: "ARCHIVED" })}>{say("showArchived")}</Button>}
        >
          {say("allArchivedText")}
        </Empty>
      );
    default:
      return (
        <Empty
          title={say("nothingTitle")}
          action={<Button onClick={() => look?.({ search: "", status: "ALL" })}>{say("clear")}</Button>}
        >
          {say("nothingText")}
        </Empty>
      );
  }
}
