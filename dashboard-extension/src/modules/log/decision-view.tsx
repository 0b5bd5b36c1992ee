import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { ComparisonView, ConditionView } from "@/modules/log/condition-view";
import { decisionTexts } from "@/modules/log/step-texts/messages";
import type { Awaited, Entry } from "@/modules/log/timeline";
import { shareText } from "@/modules/scenarios/summary";
import { Facts } from "@/ui/facts";
import { Pill } from "@/ui/pill";
import styles from "./details.module.css";

/** What decided in a step that decides or waits: the branch, the share, the event, the date, or a variable's text. */
export function DecisionView({ entry }: { readonly entry: Entry }) {
  const say = useTexts(decisionTexts);
  const { variable, date, zone, note } = entry;
  return (
    <>
      <ConditionView entry={entry} />
      <Shares entry={entry} />
      {entry.awaited && <AwaitedView awaited={entry.awaited} />}
      {variable && <Facts facts={[{ label: variable.name, value: variable.value || say("emptyText") }]} />}
      {(date || zone) && (
        <Facts
          facts={[
            { label: say("date"), value: date },
            { label: say("zone"), value: zone },
          ]}
        />
      )}
      {note && (
        <p className={styles.note} lang="en">
          {note}
        </p>
      )}
    </>
  );
}

function Shares({ entry }: { readonly entry: Entry }) {
  const say = useTexts(decisionTexts);
  const { language } = useSurroundings();
  if (!entry.shares.length) return null;
  return (
    <div className={styles.branches}>
      {entry.shares.map(({ number, label, isTaken }) => {
        const share = entry.weights.length ? shareText(entry.weights, number - 1, language) : "–";
        return (
          <div key={number} className={styles.branchHead}>
            <strong>{label ? say("wayNamed", { number, name: label, share }) : say("way", { number, share })}</strong>
            {isTaken && <Pill hue="success">{say("taken")}</Pill>}
          </div>
        );
      })}
    </div>
  );
}

function AwaitedView({ awaited }: { readonly awaited: Awaited }) {
  const say = useTexts(decisionTexts);
  const { outcome, event, occurrenceId, comparisons, order } = awaited;
  return (
    <div className={styles.branches}>
      <p>{say(outcome, { event: event ?? "–", order: order ?? "" })}</p>
      {occurrenceId && (
        <p className={styles.muted}>
          {say("occurrence")}: <span className={styles.value}>{occurrenceId}</span>
        </p>
      )}
      {comparisons.length > 0 && (
        <ul className={styles.comparisons}>
          {comparisons.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same comparison may stand twice, and they never move
            <ComparisonView key={at} compared={one} />
          ))}
        </ul>
      )}
    </div>
  );
}
