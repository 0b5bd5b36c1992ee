import { ArrowDown, ArrowUp, CircleHelp } from "lucide-react";
import { useId } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { isMembers, type Step } from "@/modules/scenarios/definition";
import { type ActionForm, elementId, focusOn, PartForm, useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { PartProblems } from "@/modules/scenarios/editor/part-problems";
import { StepForm } from "@/modules/scenarios/editor/step-form";
import { STEP_ICONS } from "@/modules/scenarios/editor/step-icons";
import { useStepMenu } from "@/modules/scenarios/editor/use-step-menu";
import { moved } from "@/modules/scenarios/flow";
import type { Item } from "@/modules/scenarios/outline";
import { Badges, useMarked } from "@/modules/scenarios/overlay/badges";
import { kindText, stepDetail, stepTitle } from "@/modules/scenarios/summary";
import { Button, IconButton } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { Pill } from "@/ui/pill";

interface Props {
  readonly step: Step;
  /** Its place in the flow; left out for a step that no way leads to. */
  readonly item?: Item;
  readonly canMoveUp?: boolean;
  readonly canMoveDown?: boolean;
}

/** One step: readable as it stands, and its form when it is opened. */
export function StepCard({ step, item, canMoveUp = false, canMoveDown = false }: Props) {
  const { numbers, actions, events, opened, setOpen, shown, readOnly } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(editorTexts);
  const form = useId();
  const marked = useMarked(step.id);
  useKnownEvent(eventOf(step, actions));
  const title = stepTitle(step, language, actions);
  const detail = stepDetail(step, language, actions, (of) => events.get(of)?.name);
  const kind = kindText(step, language, actions);
  const number = numbers.get(step.id) ?? 0;
  const isOpen = opened.has(step.id);
  const wrong = shown.filter((problem) => problem.part === step.id);
  const Icon = STEP_ICONS[step.type] ?? CircleHelp;
  return (
    <article
      id={elementId(step.id)}
      aria-label={say("stepLabel", { number, title })}
      className={styles.card}
      data-wrong={wrong.length > 0 || undefined}
      {...marked}
    >
      <header className={styles.cardHead}>
        <span className={styles.icon} data-type={step.type}>
          <Icon size={16} aria-hidden />
        </span>
        <div className={styles.titles}>
          <div className={styles.title}>
            <span className={styles.number}>{number}.</span> {title}
          </div>
          {kind !== title && <div className={styles.detail}>{kind}</div>}
          <div className={styles.detail}>{detail}</div>
        </div>
        {wrong.length > 0 && <Pill hue="error">{say("problemCount", { count: wrong.length })}</Pill>}
        <div className={styles.tools}>
          {!readOnly && <StepTools {...{ step, item, canMoveUp, canMoveDown, title, number }} />}
          <Button
            size="small"
            aria-expanded={isOpen}
            aria-controls={form}
            aria-label={isOpen ? undefined : say(readOnly ? "viewStep" : "editStep", { number, title })}
            onClick={() => setOpen(step.id, !isOpen)}
          >
            {say(isOpen ? "done" : readOnly ? "view" : "edit")}
          </Button>
        </div>
      </header>
      <div className={styles.badges}>
        <Badges part={step.id} />
      </div>
      {!isOpen && <PartProblems part={step.id} all />}
      <div id={form} hidden={!isOpen} data-form className={styles.form}>
        {isOpen && (
          <fieldset disabled={readOnly} className={styles.form}>
            <PartProblems part={step.id} />
            <PartForm part={step.id}>
              <StepForm step={step} />
            </PartForm>
          </fieldset>
        )}
      </div>
    </article>
  );
}

/** The event that an action or a wait names. */
export function eventOf(step: Step, actions: readonly ActionForm[]): number | undefined {
  if (step.type === "waitForEvent") return typeof step.event === "number" ? step.event : undefined;
  const settings = actions.find((action) => action.name === step.action)?.settings ?? [];
  const name = settings.find((setting) => setting.input === "EVENT")?.name;
  const value = name !== undefined && isMembers(step.config) ? step.config[name] : undefined;
  return typeof value === "number" ? value : undefined;
}

interface ToolsProps extends Required<Omit<Props, "item">> {
  readonly item: Item | undefined;
  readonly title: string;
  readonly number: number;
}

function StepTools({ step, item, canMoveUp, canMoveDown, title, number }: ToolsProps) {
  const { change } = useEditor();
  const say = useTexts(editorTexts);
  const menu = useStepMenu(step, item);
  const move = (by: -1 | 1) => () => {
    change((now) => moved(now, step.id, by));
    focusOn(step.id, `[data-move="${by}"]:not(:disabled)`);
  };
  return (
    <>
      <IconButton
        icon={<ArrowUp size={16} aria-hidden />}
        label={say("moveUp", { number })}
        disabled={!canMoveUp}
        data-move={-1}
        onClick={move(-1)}
      />
      <IconButton
        icon={<ArrowDown size={16} aria-hidden />}
        label={say("moveDown", { number })}
        disabled={!canMoveDown}
        data-move={1}
        onClick={move(1)}
      />
      <Menu label={say("moreForStep", { number, title })} items={menu} />
    </>
  );
}
