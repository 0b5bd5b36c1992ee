import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { NEW_COMPARISON } from "@/modules/scenarios/conditions";
import { branchesOf, type Members, type Step, textOf } from "@/modules/scenarios/definition";
import { ConditionBuilder } from "@/modules/scenarios/editor/condition-builder";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { formTexts } from "@/modules/scenarios/editor/form-texts/messages";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { changedBranch, movedBranch, withBranch, withoutBranch } from "@/modules/scenarios/flow";
import { Button, IconButton } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { TextField } from "@/ui/fields";

/** Limit of docs/definition.md. */
const MOST = 20;

/** A condition's branches: what each asks, in the order in which they are asked. */
export function ConditionForm({ step }: { readonly step: Step }) {
  const { change } = useEditor();
  const say = useTexts(formTexts);
  const branches = branchesOf(step);
  return (
    <>
      <p className={styles.note}>{say("branchHelp")}</p>
      {branches.map((branch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a branch is its place; it has no id of its own
        <fieldset key={at} className={styles.group}>
          <legend className={styles.legend}>{say("branch", { number: at + 1 })}</legend>
          <BranchTools step={step} at={at} count={branches.length} />
          <ConditionBuilder
            part={step.id}
            place={`branches[${at}].when`}
            condition={branch.when}
            onChange={(when) => change((flow) => changedBranch(flow, step.id, at, { when }))}
          />
          <BranchName step={step} at={at} name={textOf(branch.label)} />
        </fieldset>
      ))}
      <AddBranch step={step} branch={{ when: NEW_COMPARISON }} />
    </>
  );
}

/** Adds a branch that begins so, up to as many as there may be. */
export function AddBranch({ step, branch }: { readonly step: Step; readonly branch: Members }) {
  const { change } = useEditor();
  const say = useTexts(formTexts);
  if (branchesOf(step).length >= MOST) return null;
  return (
    <div>
      <Button
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => change((flow) => withBranch(flow, step.id, branch))}
      >
        {say("addBranch")}
      </Button>
    </div>
  );
}

/** What a branch is called. */
export function BranchName({ step, at, name }: { readonly step: Step; readonly at: number; readonly name: string }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(formTexts);
  return (
    <TextField
      label={say("branchName")}
      optional
      maxLength={250}
      value={name}
      onChange={(label) => change((flow) => changedBranch(flow, step.id, at, { label: label || undefined }))}
      problem={problemAt(step.id, `branches[${at}].label`)}
    />
  );
}

interface ToolsProps {
  readonly step: Step;
  readonly at: number;
  readonly count: number;
  /** Branches that there have to be. */
  readonly fewest?: number;
}

/** Moves a branch, or takes it away. */
export function BranchTools({ step, at, count, fewest = 1 }: ToolsProps) {
  const { flow, change } = useEditor();
  const say = useTexts(formTexts);
  const ofEditor = useTexts(editorTexts);
  const confirm = useConfirm();
  const remove = async () => {
    const lost = flow.steps.length - withoutBranch(flow, step.id, at).steps.length;
    const text = ofEditor("removeText", { count: lost });
    const asked = { title: say("removeBranchTitle"), text, yes: ofEditor("remove"), critical: true };
    if (lost === 0 || (await confirm(asked))) change((now) => withoutBranch(now, step.id, at));
  };
  if (count < 2) return null;
  return (
    <div className={styles.corner}>
      <IconButton
        icon={<ArrowUp size={16} aria-hidden />}
        label={say("branchUp", { number: at + 1 })}
        disabled={at === 0}
        onClick={() => change((now) => movedBranch(now, step.id, at, -1))}
      />
      <IconButton
        icon={<ArrowDown size={16} aria-hidden />}
        label={say("branchDown", { number: at + 1 })}
        disabled={at === count - 1}
        onClick={() => change((now) => movedBranch(now, step.id, at, 1))}
      />
      <IconButton
        icon={<Trash2 size={16} aria-hidden />}
        label={say("removeBranch", { number: at + 1 })}
        disabled={count <= fewest}
        onClick={remove}
      />
    </div>
  );
}
