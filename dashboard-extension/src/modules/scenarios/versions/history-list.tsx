import { ScenarioHistoryDocument, type ScenarioHistoryQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { changesText } from "@/modules/scenarios/versions/changes-text";
import { deedChanges } from "@/modules/scenarios/versions/deed-changes";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import { Moment } from "@/ui/moment";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";

type Entry = NonNullable<ScenarioHistoryQuery["customEventScenario"]>["history"][number];

/** As many of each scenario are kept (`defining/history.py`). */
const KEPT = 200;

/** Who created, saved, published, paused a scenario, and when; newest first. */
export function HistoryList({ scenario }: { readonly scenario: ScenarioDetails }) {
  const say = useTexts(versionTexts);
  const { language } = useSurroundings();
  const query = useQuery(ScenarioHistoryDocument, { number: scenario.number });
  const found = query.data?.customEventScenario;
  if (query.failure) return <FailureNotice failure={query.failure} onRetry={query.reload} />;
  if (!found) return <Loading />;
  const columns: readonly Column<Entry>[] = [
    {
      key: "deed",
      head: say("deed"),
      names: true,
      cell: ({ deed, version }) => say(deed, { version: version ?? 0 }),
    },
    { key: "at", head: say("at"), cell: ({ at }) => <Moment at={at} /> },
    { key: "by", head: say("by"), cell: ({ by }) => by },
    {
      key: "changes",
      head: say("changes"),
      cell: ({ deed, changes }) =>
        deed === "SAVED" || deed === "REVERTED" ? changesText(deedChanges(changes), language) || say("same") : "",
    },
  ];
  if (!found.history.length) return <p>{say("noHistory")}</p>;
  return (
    <>
      {found.pausedBecause && (
        <Notice kind="warning" title={say("pausedItself")}>
          {say("mostFailed")}
        </Notice>
      )}
      <Table
        caption={say("history")}
        columns={columns}
        rows={found.history}
        rowKey={({ at, deed, revision }) => `${at} ${deed} ${revision}`}
      />
      {found.history.length >= KEPT && <p>{say("latest", { count: KEPT })}</p>}
    </>
  );
}
