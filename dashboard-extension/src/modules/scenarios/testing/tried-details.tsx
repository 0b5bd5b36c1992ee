import { Pencil } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { DecisionView } from "@/modules/log/decision-view";
import { Detail } from "@/modules/log/status";
import { type StepRun, timeline } from "@/modules/log/timeline";
import { type Flow, isMembers, type Json, type Members } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { choiceText } from "@/modules/scenarios/summary";
import { mailDocument } from "@/modules/scenarios/testing/mail-document";
import { testTexts } from "@/modules/scenarios/testing/messages";
import styles from "@/modules/scenarios/testing/testing.module.css";
import type { TriedStep } from "@/modules/scenarios/testing/trial";
import { Button } from "@/ui/button";
import { Facts } from "@/ui/facts";
import { Moment } from "@/ui/moment";
import { common } from "@/words/words";

interface Props {
  readonly tried: TriedStep;
  readonly flow: Flow;
  readonly onEdit: () => void;
  /** Tests again with the other answer to what is waited for; its name is `turn`. */
  readonly onTurn: (() => void) | undefined;
  readonly turn: string;
}

/** What one step would do: what decided, until when it waits, and an action's settings with every value filled in. */
export function TriedDetails({ tried, flow, onEdit, onTurn, turn }: Props) {
  const say = useTexts(testTexts);
  const [entry] = timeline([asRun(tried)], flow);
  return (
    <div className={styles.stack}>
      {entry?.until && (
        <p>
          {say("until")}: <Moment at={entry.until} />
        </p>
      )}
      <Detail text={tried.detail} reason={tried.reason} />
      {entry && <DecisionView entry={entry} />}
      <Rendered tried={tried} />
      <div className={styles.buttons}>
        {onTurn && (
          <Button size="small" onClick={onTurn}>
            {turn}
          </Button>
        )}
        <Button size="small" variant="tertiary" icon={<Pencil size={14} aria-hidden />} onClick={onEdit}>
          {say("edit")}
        </Button>
      </div>
    </div>
  );
}

/** An action's settings as they would be: with every value filled in. */
function Rendered({ tried }: { readonly tried: TriedStep }) {
  const { actions, events } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(testTexts);
  const ofAll = useTexts(common);
  if (!isMembers(tried.input)) return null;
  const settings = actions.find((action) => action.name === tried.kind)?.settings ?? [];
  const html = htmlOf(tried);
  const shown = (value: Json | undefined): string => {
    if (typeof value === "boolean") return ofAll(value ? "yes" : "no");
    if (!isMembers(value)) return value === null || value === undefined ? "" : String(value);
    return Object.entries(value)
      .map(([name, one]) => say("entry", { name, value: String(one) }))
      .join("\n");
  };
  return (
    <div className={styles.rendered}>
      <div className={styles.muted}>{say("wouldDo")}</div>
      {html && (
        <iframe title={say("mail")} sandbox="" srcDoc={mailDocument(html, "desktop", false)} className={styles.mail} />
      )}
      <Facts
        facts={Object.entries(shownOf(tried.input, html)).map(([name, value]) => {
          const setting = settings.find((one) => one.name === name);
          const event = setting?.input === "EVENT" && typeof value === "number" ? events.get(value)?.name : undefined;
          const text = event ?? choiceText(setting, value, language) ?? shown(value);
          return {
            label: setting?.label[language] ?? name,
            value: text && <span className={styles.text}>{text}</span>,
          };
        })}
      />
    </div>
  );
}

/** The mail of a step that sends one, as HTML. */
function htmlOf({ kind, input }: TriedStep): string {
  return kind === "send_email" && isMembers(input) && typeof input.html === "string" ? input.html : "";
}

/** What is shown as a page is not shown as its source. */
function shownOf(input: Members, html: string): Members {
  if (!html) return input;
  const { html: _, ...others } = input;
  return others;
}

/** A tried step in the form of one that ran, for what shows both. */
function asRun(tried: TriedStep): StepRun {
  return {
    visit: tried.visit,
    step: tried.step,
    kind: tried.kind,
    status: tried.status,
    reason: tried.reason,
    detail: tried.detail,
    attempts: 0,
    effect: null,
    input: tried.input,
    result: tried.result,
    startedAt: tried.at,
    endedAt: null,
    milliseconds: null,
  };
}
