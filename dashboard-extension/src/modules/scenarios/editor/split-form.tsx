import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { branchesOf, type Json, type Step, textOf } from "@/modules/scenarios/definition";
import { AddBranch, BranchName, BranchTools } from "@/modules/scenarios/editor/condition-form";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { changedBranch, NEW_SHARE } from "@/modules/scenarios/flow";
import { shareText } from "@/modules/scenarios/summary";
import { TextField } from "@/ui/fields";

/** Limit of docs/definition.md. */
const FEWEST = 2;

/** A split's ways, each with its weight and the share that this makes. */
export function SplitForm({ step }: { readonly step: Step }) {
  const { change, problemAt } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(formTexts);
  const branches = branchesOf(step);
  const weights = branches.map((branch) => branch.weight ?? null);
  const write = (at: number, text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, 4);
    const weight: Json = digits ? Number(digits) : null;
    change((flow) => changedBranch(flow, step.id, at, { weight }));
  };
  return (
    <>
      <p className={styles.note}>{say("splitHelp")}</p>
      {branches.map((branch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a branch is its place; it has no id of its own
        <fieldset key={at} className={styles.group}>
          <legend className={styles.legend}>{say("branch", { number: at + 1 })}</legend>
          <BranchTools step={step} at={at} count={branches.length} fewest={FEWEST} />
          <div className={styles.half}>
            <TextField
              label={say("weight")}
              help={say("share", { share: shareText(weights, at, language) })}
              inputMode="numeric"
              value={typeof branch.weight === "number" ? String(branch.weight) : ""}
              onChange={(text) => write(at, text)}
              problem={problemAt(step.id, `branches[${at}].weight`)}
            />
          </div>
          <BranchName step={step} at={at} name={textOf(branch.label)} />
        </fieldset>
      ))}
      <AddBranch step={step} branch={NEW_SHARE} />
    </>
  );
}
