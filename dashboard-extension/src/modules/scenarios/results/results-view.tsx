import { useEffect, useState } from "react";
import { ScenarioResultsDocument } from "@/graphql/generated";
import { useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { isFlow } from "@/modules/scenarios/definition";
import { Columns } from "@/modules/scenarios/editor/columns";
import { type ActionForm, EditorProvider, useEditor } from "@/modules/scenarios/editor/editor-context";
import { frozenDraft } from "@/modules/scenarios/editor/frozen-draft";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { ModeSwitch } from "@/modules/scenarios/overlay/mode-switch";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { overlayOf } from "@/modules/scenarios/results/marks";
import { resultTexts } from "@/modules/scenarios/results/messages";
import type { Results } from "@/modules/scenarios/results/numbers";
import { spanOf } from "@/modules/scenarios/results/period";
import styles from "@/modules/scenarios/results/results.module.css";
import { ResultsPanel } from "@/modules/scenarios/results/results-panel";
import { FIRST, isResultsState, type ResultsState } from "@/modules/scenarios/results/state";
import { useLookUp, useWords } from "@/modules/scenarios/results/use-look-up";
import { Empty, FailureNotice, Loading, Notice } from "@/ui/notice";

/** Milliseconds after which is counted again. */
const EVERY = 10_000;

interface Props {
  readonly scenario: ScenarioDetails;
  readonly actions: readonly ActionForm[];
}

/** How a published version does: how far its runs came, step by step. */
export default function ResultsView({ scenario, actions }: Props) {
  const [state, setState] = useState(useKept(isResultsState) ?? FIRST);
  const [span, setSpan] = useState(() => spanOf(state.period));
  const { id, published } = scenario;
  const asked = { id, version: state.version, from: span?.from ?? "", to: span?.to ?? "" };
  const query = useQuery(ScenarioResultsDocument, asked, { every: EVERY, skip: !published || !span });
  // With every answer: an hour later another one belongs to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what time goes by
  useEffect(() => {
    const now = spanOf(state.period);
    setSpan((before) => (before?.from === now?.from && before?.to === now?.to ? before : now));
  }, [state.period, query.data]);
  const results = query.data?.customEventScenarioResults;
  if (!published || results === null) return <Never />;
  if (!results)
    return (
      <Apart>{query.failure ? <FailureNotice failure={query.failure} onRetry={query.reload} /> : <Loading />}</Apart>
    );
  if (!isFlow(results.definition)) return <Foreign />;
  return (
    <EditorProvider key={results.version} draft={frozenDraft(scenario, results.definition)} actions={actions} readOnly>
      <Shown scenario={scenario} results={results} state={state} onState={setState} isWrong={!span} query={query} />
    </EditorProvider>
  );
}

interface ShownProps {
  readonly scenario: ScenarioDetails;
  readonly results: Results;
  readonly state: ResultsState;
  readonly onState: (state: ResultsState) => void;
  readonly isWrong: boolean;
  readonly query: Parameters<typeof ResultsPanel>[0]["query"];
}

function Shown({ scenario, results, state, onState, ...more }: ShownProps) {
  const { flow, chosen, lead } = useEditor();
  const { setOverlay } = useOverlay();
  const words = useWords();
  const lookUp = useLookUp({ scenario: scenario.number, results, state: { ...state, part: chosen } });
  useKeptFocus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: words and ways are made anew each time, and follow from these
  useEffect(() => {
    setOverlay(overlayOf(results, flow, words, lookUp));
  }, [results, flow, state, chosen, words.badge("", 1000)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on the way back from the log
  useEffect(() => {
    if (state.part !== undefined) lead(state.part, false);
  }, []);
  return (
    <Columns
      generation={results.version}
      side={<ResultsPanel {...{ scenario, results, state, onState, lookUp, words }} {...more} />}
    />
  );
}

/** The switch was drawn anew with what it chose: whoever used it by keys goes on from there. */
function useKeptFocus(): void {
  useEffect(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('input[name="scenario-mode"]:checked')?.focus();
  }, []);
}

function Apart({ children }: { readonly children: React.ReactNode }) {
  useKeptFocus();
  return (
    <div className={styles.apart}>
      <ModeSwitch />
      {children}
    </div>
  );
}

function Never() {
  const say = useTexts(resultTexts);
  return (
    <Apart>
      <Empty title={say("neverTitle")}>{say("neverText")}</Empty>
    </Apart>
  );
}

function Foreign() {
  const say = useTexts(resultTexts);
  return (
    <Apart>
      <Notice kind="info">{say("foreign")}</Notice>
    </Apart>
  );
}
