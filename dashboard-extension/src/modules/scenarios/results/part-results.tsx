import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { arrowsOf } from "@/modules/scenarios/arrows";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { type Step, stepOf } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { AmountList, type Line } from "@/modules/scenarios/results/amount-list";
import type { Wanted, Words } from "@/modules/scenarios/results/marks";
import { resultTexts } from "@/modules/scenarios/results/messages";
import { countsOf, OUTCOMES, type PartCount, type Results, waysOf } from "@/modules/scenarios/results/numbers";
import styles from "@/modules/scenarios/results/results.module.css";
import { branchTitle } from "@/modules/scenarios/summary";
import { useSentence } from "@/words/reasons";

interface Props {
  readonly results: Results;
  readonly lookUp: (wanted: Wanted) => void;
  readonly words: Words;
}

/** What runs came to at the part that is chosen: by reason, and each way on. */
export function PartResults({ results, lookUp, words }: Props) {
  const { chosen, flow } = useEditor();
  const say = useTexts(resultTexts);
  const titleOf = usePartTitle();
  const isPart = [...flow.starts, ...flow.steps].some(({ id }) => id === chosen);
  if (chosen === undefined || !isPart) return <p className={styles.muted}>{say("choose")}</p>;
  const step = stepOf(flow, chosen);
  const counts = countsOf(results, chosen);
  return (
    <section className={panels.panel} aria-label={titleOf(chosen)}>
      <h2 className={panels.panelTitle}>{titleOf(chosen)}</h2>
      {counts.length ? (
        <Counts part={chosen} {...{ counts, lookUp, words }} />
      ) : (
        <p className={styles.muted}>{say("nobody")}</p>
      )}
      {step && <Ways {...{ step, counts, lookUp, words }} />}
    </section>
  );
}

function Counts({ part, counts, lookUp, words }: CountsProps & { readonly part: string }) {
  const sentence = useSentence();
  const told = mergedWays(counts).map(({ outcome, reason, count, inLog }): Line => {
    const why = reason ?? undefined;
    return {
      key: `${outcome} ${reason}`,
      what: words.outcome(part, outcome),
      why: why && (sentence(why) ?? why),
      code: why,
      count,
      inLog,
      onChoose: () => lookUp({ part, outcome, reason: why }),
    };
  });
  return <AmountList amounts={told} />;
}

interface CountsProps {
  readonly counts: readonly PartCount[];
  readonly lookUp: (wanted: Wanted) => void;
  readonly words: Words;
}

/** Each reason by itself, but one line for all that passed. */
function mergedWays(counts: readonly PartCount[]): readonly PartCount[] {
  const found = new Map<string, PartCount>();
  for (const one of counts) {
    const key = `${one.outcome} ${one.reason}`;
    const before = found.get(key);
    found.set(key, {
      ...one,
      way: null,
      count: one.count + (before?.count ?? 0),
      inLog: one.inLog + (before?.inLog ?? 0),
    });
  }
  return [...found.values()].sort(
    (one, other) => OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome) || other.count - one.count,
  );
}

function Ways({ step, counts, lookUp, words }: CountsProps & { readonly step: Step }) {
  const { language } = useSurroundings();
  const say = useTexts(resultTexts);
  const ways = waysOf(step, counts);
  if (!ways.some(({ count }) => count > 0)) return null;
  return (
    <>
      <h3 className={styles.heading}>{say("ways")}</h3>
      <AmountList
        amounts={ways.map(({ way, at, count, inLog, share }) => ({
          key: way,
          what: branchTitle(step, arrowsOf(step)[at]?.port ?? at, language),
          count,
          inLog,
          share: words.share(share),
          onChoose: () => lookUp({ part: step.id, outcome: "PASSED", way }),
        }))}
      />
    </>
  );
}
