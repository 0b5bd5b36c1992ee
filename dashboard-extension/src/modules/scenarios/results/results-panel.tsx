import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { columnTime, plainNumber } from "@/lib/times";
import type { Query } from "@/lib/use-query";
import page from "@/modules/scenarios/editor/page.module.css";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { AmountList } from "@/modules/scenarios/results/amount-list";
import type { Wanted, Words } from "@/modules/scenarios/results/marks";
import { resultTexts } from "@/modules/scenarios/results/messages";
import { entered, type Results, type Total, unlogged } from "@/modules/scenarios/results/numbers";
import { PartResults } from "@/modules/scenarios/results/part-results";
import { PeriodChoice } from "@/modules/scenarios/results/period-choice";
import styles from "@/modules/scenarios/results/results.module.css";
import type { ResultsState } from "@/modules/scenarios/results/state";
import { statusText } from "@/modules/scenarios/results/use-look-up";
import { VersionChoice } from "@/modules/scenarios/results/version-choice";
import { FailureNotice } from "@/ui/notice";
import { useSentence } from "@/words/reasons";

interface Props {
  readonly scenario: ScenarioDetails;
  readonly results: Results;
  readonly state: ResultsState;
  readonly onState: (state: ResultsState) => void;
  readonly lookUp: (wanted: Wanted) => void;
  readonly words: Words;
  /** The chosen dates are no period. */
  readonly isWrong: boolean;
  readonly query: Pick<Query<unknown>, "failure" | "reload">;
}

/** Beside the flow: which version, when, and what became of its runs as a whole and at the chosen part. */
export function ResultsPanel({ scenario, results, state, onState, lookUp, words, isWrong, query }: Props) {
  const say = useTexts(resultTexts);
  const { locale } = useSurroundings();
  const silent = unlogged(results.totals);
  const moment = (at: string) => columnTime(at, locale);
  return (
    <aside className={page.side} aria-label={say("title")}>
      <section className={panels.panel} aria-label={say("title")}>
        <h2 className={panels.panelTitle}>{say("title")}</h2>
        <div className={styles.stack}>
          <VersionChoice scenario={scenario} state={state} onState={onState} />
          <PeriodChoice period={state.period} isWrong={isWrong} onChange={(period) => onState({ ...state, period })} />
          {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
          <p className={styles.muted}>{say("between", { from: moment(results.from), to: moment(results.to) })}</p>
        </div>
      </section>
      <section className={panels.panel} aria-label={say("runs")}>
        <h2 className={panels.panelTitle}>{say("runs")}</h2>
        <Totals {...{ results, lookUp }} />
        {silent > 0 && (
          <p className={styles.muted}>{say("unlogged", { count: silent, number: plainNumber(silent, locale) })}</p>
        )}
      </section>
      <PartResults {...{ results, lookUp, words }} />
    </aside>
  );
}

function Totals({ results: { totals }, lookUp }: Pick<Props, "results" | "lookUp">) {
  const say = useTexts(resultTexts);
  const sentence = useSentence();
  const { language } = useSurroundings();
  if (!totals.length) return <p className={styles.muted}>{say("nobody")}</p>;
  const began: Total = {
    statuses: ["RUNNING", "WAITING", "COMPLETED", "FAILED", "CANCELLED"],
    reason: null,
    ...entered(totals),
  };
  const sorted = [...totals].sort((one, other) => rank(one) - rank(other) || other.count - one.count);
  return (
    <AmountList
      amounts={[began, ...sorted].map(({ count, inLog, statuses, reason: code }) => {
        const reason = code ?? undefined;
        return {
          key: `${statuses.join()} ${reason}`,
          what: statusText(statuses, language),
          why: reason && (sentence(reason) ?? reason),
          code: reason,
          count,
          inLog,
          onChoose: () => lookUp({ statuses, reason }),
        };
      })}
    />
  );
}

const ORDER = ["RUNNING", "COMPLETED", "FAILED", "CANCELLED", "SKIPPED"];

function rank({ statuses }: Total): number {
  return ORDER.indexOf(statuses[0] ?? "");
}
