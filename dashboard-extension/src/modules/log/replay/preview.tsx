import { LogActionsDocument, type LogActionsQuery } from "@/graphql/generated";
import type { Failure } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { useLabel, useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { FailureNotice, Notice } from "@/ui/notice";
import { LeftOut } from "./left-out";
import { replaying } from "./messages";
import { type Foreseen, inAll, MOST, mayStart } from "./plan";
import styles from "./replay.module.css";

interface Props {
  readonly replay: {
    readonly foreseen: Foreseen | undefined;
    readonly isChanged: boolean;
    readonly preview: { readonly failure: Failure | undefined };
    readonly start: { readonly failure: Failure | undefined };
  };
}

/** What running the rows again would do, in words; says so where the form has changed since. */
export function Preview({ replay }: Props) {
  const say = useTexts(replaying);
  const { foreseen, isChanged, preview, start } = replay;
  // Asked for at once: then their names are there when they are needed.
  const actions = useQuery(LogActionsDocument, {}).data?.customEventActions ?? [];
  const failure = preview.failure ?? start.failure;
  return (
    <div aria-live="polite" className={styles.preview}>
      {failure && <Refused failure={failure} />}
      {foreseen && (
        <section aria-label={say("result")} className={styles.result}>
          <h3 className={styles.heading}>{say("result")}</h3>
          {isChanged && <Notice kind="info">{say("changed")}</Notice>}
          <Words foreseen={foreseen} actions={actions} />
        </section>
      )}
    </div>
  );
}

function Refused({ failure }: { readonly failure: Failure }) {
  const say = useTexts(replaying);
  if (failure.code === "LIMIT" || failure.code === "NOTHING") return <Notice kind="error">{say(failure.code)}</Notice>;
  return <FailureNotice failure={failure} />;
}

interface WordsProps {
  readonly foreseen: Foreseen;
  readonly actions: LogActionsQuery["customEventActions"];
}

function Words({ foreseen, actions }: WordsProps) {
  const say = useTexts(replaying);
  const { locale } = useSurroundings();
  const { total, sampled, leftOut } = foreseen;
  if (total === 0) return <p>{say("none")}</p>;
  if (total > MOST) return <Notice kind="warning">{say("tooMany")}</Notice>;
  const counted = (key: "total" | "sampled", count: number) => say(key, { count, number: plainNumber(count, locale) });
  return (
    <>
      <p>
        {counted("total", total)} {sampled === total ? say("sampledAll") : counted("sampled", sampled)}
      </p>
      {mayStart(foreseen) ? (
        <Effects foreseen={foreseen} actions={actions} />
      ) : (
        <Notice kind="warning">{say("nothingRuns")}</Notice>
      )}
      {leftOut.length > 0 && (
        <>
          <h4 className={styles.small}>{say("leftOut")}</h4>
          <LeftOut counts={leftOut} />
        </>
      )}
    </>
  );
}

function Effects({ foreseen, actions }: WordsProps) {
  const say = useTexts(replaying);
  const label = useLabel();
  const { locale } = useSurroundings();
  if (!foreseen.effects.length) return <p>{say("noEffects")}</p>;
  return (
    <>
      <h4 className={styles.small}>{say("effects")}</h4>
      <ul className={styles.list}>
        {foreseen.effects.map(({ name, count }) => {
          const known = actions.find((action) => action.name === name);
          const all = inAll(count, foreseen);
          return (
            <li key={name}>
              {say("effect", { count, number: plainNumber(count, locale), action: known ? label(known.label) : name })}{" "}
              {all !== undefined && say("inAll", { number: plainNumber(all, locale) })}
            </li>
          );
        })}
      </ul>
    </>
  );
}
