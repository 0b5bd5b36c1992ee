import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { type Finding, tell } from "@/modules/log/findings";
import { why } from "@/modules/log/why-texts/messages";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";
import styles from "./why.module.css";

/** The chain of decisions, from the first to the last. */
export function FindingsList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ol className={styles.findings}>
      {findings.map((finding, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one answer, which never changes its order
        <FindingItem key={at} finding={finding} />
      ))}
    </ol>
  );
}

function FindingItem({ finding }: { readonly finding: Finding }) {
  const say = useTexts(why);
  const { language, locale } = useSurroundings();
  const told = tell(finding, language, locale);
  const { invocationNumber, scenarioNumber } = finding;
  return (
    <li className={styles.finding}>
      <p className={styles.sentence}>{told.because ? `${told.sentence} ${told.because}` : told.sentence}</p>
      <div className={styles.beside}>
        <Pill hue={told.hue}>
          <code>{told.code}</code>
        </Pill>
        {finding.at && <Moment at={finding.at} />}
        {invocationNumber && (
          <Link to={paths.invocation(invocationNumber)}>{say("invocation", { number: invocationNumber })}</Link>
        )}
        {scenarioNumber && (
          <Link to={paths.scenario(scenarioNumber)}>{say("scenario", { number: scenarioNumber })}</Link>
        )}
      </div>
    </li>
  );
}
