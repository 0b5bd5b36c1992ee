import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { columnTime, plainNumber } from "@/lib/times";
import { Reason } from "@/modules/log/status";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { percent } from "@/modules/scenarios/testing/marks";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Outcome, Session } from "@/modules/scenarios/testing/session";
import { TallyParts } from "@/modules/scenarios/testing/tally-parts";
import styles from "@/modules/scenarios/testing/testing.module.css";
import type { Tally } from "@/modules/scenarios/testing/trial";
import { type Choosing, OUTCOME } from "@/modules/scenarios/testing/use-choosing";
import { Facts } from "@/ui/facts";
import { Notice } from "@/ui/notice";

interface Props {
  readonly outcome: Outcome<Tally>;
  /** How many were asked for at most. */
  readonly asked: number;
  readonly session: Session;
  readonly choosing: Choosing;
}

/** What would happen to the last occurrences of the log: how they would end, what would be done, how far they would come. */
export function TallyView({ outcome, asked, session, choosing }: Props) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const { result: tally, flow } = outcome;
  const tried = tally.tried ?? 0;
  const started = tally.started ?? 0;
  const number = (of: number) => plainNumber(of, locale);
  return (
    <section id={OUTCOME} aria-label={say("outcome")} className={panels.panel}>
      <h2 className={panels.panelTitle}>{say("outcome")}</h2>
      <div className={styles.stack}>
        {tally.isComplete === false && (
          <Notice kind="warning">{say("incomplete", { tried: number(tried), asked: number(asked) })}</Notice>
        )}
        {tried === 0 ? (
          <p>{say("noneInLog")}</p>
        ) : (
          <>
            <p className={styles.verdict}>{say("tried", { count: tried, number: number(tried) })}</p>
            {tally.oldest && tally.newest && (
              <p className={styles.muted}>
                {say("between", { from: columnTime(tally.oldest, locale), to: columnTime(tally.newest, locale) })}
              </p>
            )}
            <p>{say("started", { count: started, number: number(started), share: percent(started, tried, locale) })}</p>
            <Ends tally={tally} tried={tried} />
            <Effects tally={tally} />
            <TallyParts tally={tally} flow={flow} session={session} choosing={choosing} />
          </>
        )}
      </div>
    </section>
  );
}

function Ends({ tally, tried }: { readonly tally: Tally; readonly tried: number }) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  return (
    <section aria-label={say("ends")}>
      <h3 className={styles.legend}>{say("ends")}</h3>
      <ul className={styles.path}>
        {(tally.ended ?? []).map(({ status, reason, count }) => (
          <li key={`${status} ${reason}`} className={styles.amount}>
            <span>
              {say(status === "FAILED" || status === "SKIPPED" ? `${status}many` : "COMPLETEDmany")}
              <br />
              <Reason code={reason} />
            </span>
            <span className={styles.count}>
              {say("ofAll", { number: plainNumber(count, locale), share: percent(count, tried, locale) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Effects({ tally }: { readonly tally: Tally }) {
  const { actions } = useEditor();
  const { locale, language } = useSurroundings();
  const say = useTexts(testTexts);
  const effects = tally.effects ?? [];
  return (
    <section aria-label={say("effects")}>
      <h3 className={styles.legend}>{say("effects")}</h3>
      {effects.length === 0 && <p>{say("noEffects")}</p>}
      <Facts
        facts={effects.map(({ name, count }) => ({
          label: actions.find((action) => action.name === name)?.label[language] ?? name,
          value: say("times", { count, number: plainNumber(count, locale) }),
        }))}
      />
    </section>
  );
}
