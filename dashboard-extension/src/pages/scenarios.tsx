import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { ScenariosDocument, type ScenariosQuery } from "@/graphql/generated";
import { paths, useGo, useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { type Query, useQuery } from "@/lib/use-query";
import { useViewer } from "@/lib/viewer";
import { Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { type Deeds, useDeeds } from "@/modules/scenarios/deeds/use-deeds";
import { ListFilters } from "@/modules/scenarios/list/list-filters";
import { FIRST, isFiltered, isListState, type ListState, variablesOf } from "@/modules/scenarios/list/list-state";
import { listTexts } from "@/modules/scenarios/list/messages";
import { ScenarioTable } from "@/modules/scenarios/list/scenario-table";
import styles from "@/modules/scenarios/scenarios.module.css";
import { Button } from "@/ui/button";
import { Empty, FailureNotice, Loading, Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Pager } from "@/ui/pager";

const BeginWindow = lazy(() => import("@/modules/scenarios/ready/begin-window"));

/** Milliseconds between two looks: what is under way changes by itself. */
const EVERY = 15_000;

export default function ScenariosPage() {
  const say = useTexts(listTexts);
  const viewer = useViewer();
  const go = useGo();
  const state = useKept(isListState) ?? FIRST;
  const onState = (next: ListState) => go(paths.scenarios, { replace: true, state: next });
  const query = useQuery(ScenariosDocument, variablesOf(state), { every: EVERY });
  const deeds = useDeeds(query.reload);
  const [creating, setCreating] = useState(false);
  const create = (
    <Button
      variant="primary"
      icon={<Plus size={16} aria-hidden />}
      missing={viewer.missing("DEFINE")}
      onClick={() => setCreating(true)}
    >
      {say("create")}
    </Button>
  );
  const isEmpty = query.data?.every?.totalCount === 0 && !isFiltered(state);
  return (
    <Page title={say("title")} actions={create}>
      {!isEmpty && <ListFilters state={state} onState={onState} />}
      <Failures query={query} deeds={deeds} />
      {isEmpty ? (
        <Empty title={say("emptyTitle")} action={create}>
          {say("emptyText")}
        </Empty>
      ) : (
        <List query={query} state={state} onState={onState} deeds={deeds} />
      )}
      {creating && (
        <Suspense fallback={<Loading />}>
          <BeginWindow onClose={() => setCreating(false)} />
        </Suspense>
      )}
      {deeds.shown}
    </Page>
  );
}

function Failures({ query, deeds }: { readonly query: Query<ScenariosQuery>; readonly deeds: Deeds }) {
  const sentence = useRefusalText();
  const { failure } = deeds;
  if (!query.failure && !failure) return null;
  return (
    <div className={styles.pad}>
      {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
      {failure instanceof Refused
        ? failure.refusals.map((refusal) => (
            <Notice key={refusal.code} kind="error">
              {sentence(refusal)}
            </Notice>
          ))
        : failure && <FailureNotice failure={failure} />}
    </div>
  );
}

interface ListProps {
  readonly query: Query<ScenariosQuery>;
  readonly state: ListState;
  readonly onState: (state: ListState) => void;
  readonly deeds: Deeds;
}

function List({ query, state, onState, deeds }: ListProps) {
  const say = useTexts(listTexts);
  const found = query.data?.customEventScenarios;
  if (!found) return query.loading ? <Loading /> : null;
  const { after: _, before: __, ...first } = state;
  const { hasPreviousPage, hasNextPage, startCursor, endCursor } = found.pageInfo;
  if (!found.edges.length)
    return (
      <Empty title={say("nothingTitle")} action={<Button onClick={() => onState(FIRST)}>{say("clear")}</Button>}>
        {say("nothingText")}
      </Empty>
    );
  return (
    <>
      <ScenarioTable
        rows={found.edges.map((edge) => edge.node)}
        state={state}
        stale={query.loading}
        onState={onState}
        items={deeds.items}
      />
      <Pager
        onPrevious={hasPreviousPage && startCursor ? () => onState({ ...first, before: startCursor }) : undefined}
        onNext={hasNextPage && endCursor ? () => onState({ ...first, after: endCursor }) : undefined}
      >
        {say("total", { count: found.totalCount ?? 0 })}
      </Pager>
    </>
  );
}
