import { lazy, Suspense, useRef, useState } from "react";
import { useKept, useLeaving } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useDeeds } from "@/modules/scenarios/deeds/use-deeds";
import type { Flow } from "@/modules/scenarios/definition";
import { Columns } from "@/modules/scenarios/editor/columns";
import { type ActionForm, EditorProvider } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import { ScenarioBar } from "@/modules/scenarios/editor/scenario-bar";
import { ScenarioHead } from "@/modules/scenarios/editor/scenario-head";
import { ScenarioSide } from "@/modules/scenarios/editor/scenario-side";
import { type Draft, type ScenarioDetails, useDraft } from "@/modules/scenarios/editor/use-draft";
import { NewerNotice, useNews } from "@/modules/scenarios/editor/use-news";
import { OverlayProvider, useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { AsideNotice } from "@/modules/scenarios/publishing/aside-notice";
import { ConflictWindow } from "@/modules/scenarios/publishing/conflict-window";
import { isResultsState } from "@/modules/scenarios/results/state";
import { useLeaveQuestion } from "@/ui/confirm";
import { CodeBlock } from "@/ui/copy";
import { FailureNotice, Loading, Notice } from "@/ui/notice";

const TestPanel = lazy(() => import("@/modules/scenarios/testing/test-panel"));
const ResultsView = lazy(() => import("@/modules/scenarios/results/results-view"));

interface Props {
  readonly scenario: ScenarioDetails;
  readonly actions: readonly ActionForm[];
}

/** One scenario: its start points, its steps, and what stands between them and running. */
export function ScenarioEditor({ scenario: given, actions }: Props) {
  const draft = useDraft(given);
  const { scenario } = draft;
  const [aside, setAside] = useState<Flow>();
  const say = useTexts(editorTexts);
  const news = useNews(draft);
  const deeds = useDeeds((now, deed) =>
    draft.refresh((scenario) =>
      deed === "rename" ? now : { ...scenario, status: now.status, underWay: now.underWay },
    ),
  );
  const results = useKept(isResultsState);
  const keep = useKeptAside(draft, aside, setAside);
  return (
    <OverlayProvider first={results ? "results" : "build"}>
      <EditorProvider draft={draft} actions={actions}>
        <ScenarioHead draft={draft} deeds={deeds}>
          <div className={styles.notices}>
            {deeds.failure && <FailureNotice failure={deeds.failure} />}
            {scenario.status === "ARCHIVED" && <Notice kind="info">{say("archivedText")}</Notice>}
            {news && <NewerNotice news={news} onLook={keep.lookAtNewest} />}
            {aside && (
              <AsideNotice
                flow={aside}
                name={scenario.name}
                onBack={keep.bringBack}
                onForget={() => setAside(undefined)}
                onKept={keep.leave}
              />
            )}
          </div>
          <Workplace draft={draft} actions={actions} />
          <ScenarioBar draft={draft} />
        </ScenarioHead>
        <ConflictWindow draft={draft} onTheirs={keep.lookAtTheirs} />
        {deeds.shown}
      </EditorProvider>
    </OverlayProvider>
  );
}

/** What the chosen mode shows. */
function Workplace({ draft, actions }: { readonly draft: Draft; readonly actions: readonly ActionForm[] }) {
  const { mode } = useOverlay();
  if (mode === "results")
    return (
      <Suspense fallback={<Loading />}>
        <ResultsView scenario={draft.scenario} actions={actions} />
      </Suspense>
    );
  if (draft.isForeign) return <ForeignDraft draft={draft} />;
  return (
    <Columns
      generation={draft.generation}
      side={
        mode === "test" ? (
          <Suspense fallback={<Loading />}>
            <TestPanel draft={draft} />
          </Suspense>
        ) : (
          <ScenarioSide draft={draft} />
        )
      }
    />
  );
}

function ForeignDraft({ draft }: { readonly draft: Draft }) {
  const say = useTexts(editorTexts);
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Notice kind="warning" title={say("foreignTitle")}>
          {say("foreignText")}
        </Notice>
        <CodeBlock code={JSON.stringify(draft.scenario.draft, null, 2)} label={say("draftCode")} />
      </div>
      <ScenarioSide draft={draft} />
    </div>
  );
}

/** One's own draft while a colleague's is shown, and the question before either is left unsaved. */
function useKeptAside(draft: Draft, aside: Flow | undefined, setAside: (flow: Flow | undefined) => void) {
  const ask = useLeaveQuestion();
  const agreed = useRef(false);
  useLeaving(draft.unsaved || aside !== undefined, async () => agreed.current || (await ask()));
  const show = (theirs: ScenarioDetails) => {
    if (draft.unsaved) setAside(draft.flow);
    draft.replace(theirs);
  };
  return {
    lookAtTheirs: () => draft.theirs && show(draft.theirs),
    lookAtNewest: async () => {
      const newest = await draft.newest.run();
      if (newest) show(newest);
    },
    bringBack: () => {
      if (aside) draft.bringBack(aside);
      setAside(undefined);
    },
    leave: () => {
      agreed.current = !draft.unsaved;
    },
  };
}
