import { Check, X } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { stepTexts } from "@/modules/log/step-texts/messages";
import type { Branch, Compared, Entry } from "@/modules/log/timeline";
import { plain } from "@/modules/log/values";
import { Withheld } from "@/modules/log/withheld";
import { conditionText } from "@/modules/scenarios/summary";
import { Pill } from "@/ui/pill";
import { common } from "@/words/words";
import styles from "./details.module.css";

/** Every branch that was looked at, with the values that decided. */
export function ConditionView({ entry }: { readonly entry: Entry }) {
  const say = useTexts(stepTexts);
  if (!entry.branches.length && !entry.isOtherwise) return null;
  return (
    <div className={styles.branches}>
      {entry.branches.map((branch) => (
        <BranchView key={branch.number} branch={branch} />
      ))}
      {entry.isOtherwise && <p>{say("otherwise")}</p>}
    </div>
  );
}

function BranchView({ branch }: { readonly branch: Branch }) {
  const say = useTexts(stepTexts);
  const { number, label } = branch;
  return (
    <div>
      <div className={styles.branchHead}>
        <strong>{label ? say("branchNamed", { number, name: label }) : say("branch", { number })}</strong>
        <Pill hue={branch.isTaken ? "success" : "neutral"}>{say(branch.isTaken ? "taken" : "notTaken")}</Pill>
      </div>
      <ul className={styles.comparisons}>
        {branch.comparisons.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same comparison may stand twice, and they never move
          <ComparisonView key={at} compared={one} />
        ))}
      </ul>
    </div>
  );
}

export function ComparisonView({ compared }: { readonly compared: Compared }) {
  const say = useTexts(stepTexts);
  const sayCommon = useTexts(common);
  const { language, locale } = useSurroundings();
  const isNothing = compared.actual === null || compared.actual === undefined || compared.actual === "";
  const value = plain(compared.actual, { yes: sayCommon("yes"), no: sayCommon("no") }, locale);
  return (
    <li className={styles.comparison}>
      {compared.holds ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />}
      <span>
        <span className="sce-hidden">{say(compared.holds ? "holds" : "fails")}: </span>
        {conditionText(compared.written, language)}{" "}
        <span className={styles.muted}>({isNothing ? say("wasNothing") : say("was", { value })})</span>
        {compared.source && <span className={styles.muted}> · {say(compared.source)}</span>}
        {compared.withheld && <Withheld code={compared.withheld} />}
        {compared.note && (
          <span className={styles.note} lang="en">
            {compared.note}
          </span>
        )}
      </span>
    </li>
  );
}
