import { Send } from "lucide-react";
import { useState } from "react";
import { ScenarioTestWebhookDocument, type ScenarioTestWebhookMutation } from "@/graphql/generated";
import { ask, type Failure } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import type { Members } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import flow from "@/modules/scenarios/editor/flow.module.css";
import { problemText } from "@/modules/scenarios/editor/problems";
import { useFilling } from "@/modules/scenarios/testing/use-filling";
import { meaningOf } from "@/modules/scenarios/testing/webhook-answer";
import { webhookTexts } from "@/modules/scenarios/testing/webhook-texts/messages";
import { Button } from "@/ui/button";
import { CodeBlock } from "@/ui/copy";
import { FailureNotice, Notice } from "@/ui/notice";
import { Pill } from "@/ui/pill";
import styles from "./preview.module.css";

type Answer = NonNullable<NonNullable<ScenarioTestWebhookMutation["customEventTestWebhook"]>["answer"]>;

interface Props {
  readonly config: Members;
  /** What publishing the action needs. */
  readonly permissions: readonly string[];
}

/** One call of the receiver with what stands in the form, and what it answered. */
export default function TestWebhook({ config, permissions }: Props) {
  const { scenario } = useEditor();
  const viewer = useViewer();
  const missing = viewer.known ? permissions.filter((code) => !viewer.permissions.has(code)) : [];
  const say = useTexts(webhookTexts);
  const filling = useFilling();
  const call = useTask(async () => {
    if (!filling.from) return undefined;
    const input = { scenario, settings: config, ...filling.from };
    const answer = await ask(ScenarioTestWebhookDocument, { input });
    return accepted(answer.customEventTestWebhook).answer ?? undefined;
  });
  const [answer, setAnswer] = useState<Answer>();
  const run = async () => {
    setAnswer(undefined);
    setAnswer(await call.run());
  };
  return (
    <fieldset className={flow.group} aria-label={say("title")}>
      <legend className={flow.legend}>{say("title")}</legend>
      <p className={flow.note}>{say(filling.event ? "help" : "noEvent")}</p>
      {filling.shown}
      <div>
        <Button
          size="small"
          icon={<Send size={14} aria-hidden />}
          busy={call.busy}
          disabled={!filling.isReady}
          missing={missing}
          onClick={run}
        >
          {say("call")}
        </Button>
      </div>
      <div aria-live="polite">
        {answer && <Answered answer={answer} />}
        {call.failure && <NotCalled failure={call.failure} onRetry={run} />}
      </div>
    </fieldset>
  );
}

function Answered({ answer }: { readonly answer: Answer }) {
  const { language } = useSurroundings();
  const say = useTexts(webhookTexts);
  const { meaning, hue } = meaningOf(answer.status);
  const time = new Intl.NumberFormat(language).format(answer.milliseconds);
  return (
    <div className={styles.answer}>
      <p className={styles.row}>
        <Pill hue={hue}>{say("status", { status: answer.status })}</Pill>
        <span className={styles.note}>{say("time", { time })}</span>
      </p>
      <p>{say(meaning)}</p>
      <CodeBlock code={answer.body || say("emptyBody")} label={say("body")} />
      <details>
        <summary>{say("headers")}</summary>
        <CodeBlock code={linesOf(answer.headers)} label={say("headers")} />
      </details>
      <details>
        <summary>{say("sent")}</summary>
        <p className={styles.note}>{say("sentHelp", { key: answer.key })}</p>
        <CodeBlock code={`${answer.method} ${answer.url}\n${linesOf(answer.sentHeaders)}`} label={say("sentHeaders")} />
        <CodeBlock code={answer.sentBody || say("emptyBody")} label={say("sentBody")} />
      </details>
    </div>
  );
}

function linesOf(headers: unknown): string {
  const entries = Object.entries(headers as Readonly<Record<string, string>>);
  return entries.map(([name, value]) => `${name}: ${value}`).join("\n") || "–";
}

/** Refusals of the call itself; others are the settings' own. */
const OF_CALL = [
  "ADDRESS_REFUSED",
  "NO_ANSWER",
  "RATE_LIMITED",
  "BODY_NO_JSON",
  "FAILED_TEMPLATE",
  "DATA_REMOVED",
] as const;

function NotCalled({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { language } = useSurroundings();
  const say = useTexts(webhookTexts);
  const refusalText = useRefusalText();
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} onRetry={onRetry} />;
  return (
    <Notice kind="error" title={say("notCalled")}>
      {failure.refusals.map(({ field, code, message }) => {
        const known = OF_CALL.find((one) => one === code);
        return (
          <p key={`${field} ${code}`}>
            {known
              ? say(known, { said: message })
              : field?.startsWith("settings.")
                ? problemText({ field, code, message }, language)
                : refusalText({ field, code, message })}
          </p>
        );
      })}
    </Notice>
  );
}
