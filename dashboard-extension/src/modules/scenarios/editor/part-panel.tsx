import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { usePartTitle } from "@/modules/scenarios/canvas/use-part-title";
import { type Step, stepOf } from "@/modules/scenarios/definition";
import { elementId, PartForm, useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import { PartProblems } from "@/modules/scenarios/editor/part-problems";
import { RemoveStart, StartForm } from "@/modules/scenarios/editor/start-card";
import { StepForm } from "@/modules/scenarios/editor/step-form";
import { useStepMenu } from "@/modules/scenarios/editor/use-step-menu";
import { findIn } from "@/modules/scenarios/outline";
import { kindText } from "@/modules/scenarios/summary";
import { IconButton } from "@/ui/button";
import { Menu } from "@/ui/menu";

/** The form of what is chosen in the picture, beside it. */
export function PartPanel({ part, onClose }: { readonly part: string; readonly onClose: () => void }) {
  const { flow } = useEditor();
  const step = stepOf(flow, part);
  const at = flow.starts.findIndex(({ id }) => id === part);
  const start = flow.starts[at];
  if (step) return <StepPanel step={step} onClose={onClose} />;
  if (!start) return null;
  return (
    <div id={elementId(part)} className={styles.panel}>
      <PanelHead part={part} onClose={onClose}>
        <RemoveStart start={start} number={at + 1} count={flow.starts.length} />
      </PanelHead>
      <PanelForm part={part}>
        <StartForm start={start} />
      </PanelForm>
    </div>
  );
}

function StepPanel({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const { outline, numbers, actions, readOnly } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  const number = numbers.get(step.id) ?? 0;
  const menu = useStepMenu(step, findIn(outline.line, step.id)?.item);
  const kind = kindText(step, language, actions);
  return (
    <div id={elementId(step.id)} className={styles.panel}>
      <PanelHead part={step.id} onClose={onClose}>
        {!readOnly && <Menu label={say("moreForStep", { number, title: kind })} items={menu} />}
      </PanelHead>
      <PanelForm part={step.id}>
        <PartProblems part={step.id} />
        <StepForm step={step} />
      </PanelForm>
    </div>
  );
}

function PanelForm({ part, children }: { readonly part: string; readonly children: ReactNode }) {
  const { readOnly } = useEditor();
  return (
    <div data-form>
      <fieldset disabled={readOnly} className={styles.panelForm}>
        <PartForm part={part}>{children}</PartForm>
      </fieldset>
    </div>
  );
}

interface HeadProps {
  readonly part: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

function PanelHead({ part, onClose, children }: HeadProps) {
  const say = useTexts(canvasTexts);
  const titleOf = usePartTitle();
  return (
    <header className={styles.panelHead}>
      <h2 className={styles.panelTitle}>{titleOf(part)}</h2>
      {children}
      <IconButton icon={<X size={16} aria-hidden />} label={say("closePanel")} onClick={onClose} />
    </header>
  );
}
