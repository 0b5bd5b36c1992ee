import { lazy, Suspense, useRef, useState } from "react";
import { useLeaving } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useDeeds } from "@/modules/scenarios/deeds/use-deeds";
import type { Flow } from "@/modules/scenarios/definition";
import { type ActionForm, EditorProvider, spotId, useEditor } from "@/modules/scenarios/editor/editor-context";
import { ExitsView } from "@/modules/scenarios/editor/exits-view";
import { FlowView } from "@/modules/scenarios/editor/flow-view";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import { PartPanel } from "@/modules/scenarios/editor/part-panel";
import { ScenarioBar } from "@/modules/scenarios/editor/scenario-bar";
import { ScenarioHead } from "@/modules/scenarios/editor/scenario-head";
import { ScenarioSide } from "@/modules/scenarios/editor/scenario-side";
import { StartsView } from "@/modules/scenarios/editor/starts-view";
import { type Draft, type ScenarioDetails, useDraft } from "@/modules/scenarios/editor/use-draft";
import { NewerNotice, useNews } from "@/modules/scenarios/editor/use-news";
import { useUndoKeys } from "@/modules/scenarios/editor/use-undo-keys";
import { useView, ViewSwitch } from "@/modules/scenarios/editor/view-switch";
import { AsideNotice } from "@/modules/scenarios/publishing/aside-notice";
import { ConflictWindow } from "@/modules/scenarios/publishing/conflict-window";
import { useLeaveQuestion } from "@/ui/confirm";
import { CodeBlock } from "@/ui/copy";
import { FailureNotice, Loading, Notice } from "@/ui/notice";

/** React Flow comes only where a picture is drawn. */
const CanvasView = lazy(() => import("@/modules/scenarios/canvas/canvas-view"));

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
  const keep = useKeptAside(draft, aside, setAside);
  return (
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
        <Columns draft={draft} />
        <ScenarioBar draft={draft} />
      </ScenarioHead>
      <ConflictWindow draft={draft} onTheirs={keep.lookAtTheirs} />
      {deeds.shown}
    </EditorProvider>
  );
}

/** The flow as a list or as a picture, and beside it the overview, or the form of what is chosen in the picture. */
function Columns({ draft }: { readonly draft: Draft }) {
  const { chosen, closeAll, flow } = useEditor();
  const isPart = [...flow.starts, ...flow.steps].some(({ id }) => id === chosen);
  const [view, choose] = useView();
  useUndoKeys();
  if (draft.isForeign)
    return (
      <div className={styles.columns}>
        <div className={styles.main}>
          <ForeignDraft draft={draft} />
        </div>
        <ScenarioSide draft={draft} />
      </div>
    );
  const close = () => {
    closeAll();
    requestAnimationFrame(() => document.getElementById(spotId(chosen ?? ""))?.focus());
  };
  const isPicture = view === "picture";
  return (
    <div className={styles.columns} data-view={view}>
      <div className={styles.main}>
        <ViewSwitch view={view} onChoose={choose} />
        {isPicture ? (
          <>
            <Suspense fallback={<Loading />}>
              <CanvasView />
            </Suspense>
            <ExitsView key={draft.generation} />
          </>
        ) : (
          <Parts key={draft.generation} />
        )}
      </div>
      {isPicture && chosen !== undefined && isPart ? (
        <aside className={styles.side}>
          <PartPanel key={`${chosen} ${draft.generation}`} part={chosen} onClose={close} />
        </aside>
      ) : (
        <ScenarioSide draft={draft} />
      )}
    </div>
  );
}

function Parts() {
  return (
    <>
      <StartsView />
      <FlowView />
      <ExitsView />
    </>
  );
}

function ForeignDraft({ draft }: { readonly draft: Draft }) {
  const say = useTexts(editorTexts);
  return (
    <>
      <Notice kind="warning" title={say("foreignTitle")}>
        {say("foreignText")}
      </Notice>
      <CodeBlock code={JSON.stringify(draft.scenario.draft, null, 2)} label={say("draftCode")} />
    </>
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
