import { Mail } from "lucide-react";
import { useState } from "react";
import { ScenarioTestMailDocument } from "@/graphql/generated";
import { ask, type Failure } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import type { Members } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { problemText } from "@/modules/scenarios/editor/problems";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { LoggedOccurrence } from "@/modules/scenarios/testing/logged-occurrence";
import { mailTexts } from "@/modules/scenarios/testing/mail-texts/messages";
import { NEW_TRIAL } from "@/modules/scenarios/testing/trial";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { common } from "@/words/words";

/** "Send a test to me": the mail as it stands in the form, to the reader's own address. */
export function TestMail({ config }: { readonly config: Members }) {
  const { scenario } = useEditor();
  const say = useTexts(mailTexts);
  const event = useStartEvent();
  const { occurrenceId, isReady, shown } = useFilling(event);
  const send = useTask(async () => {
    if (!event) return undefined;
    const from = occurrenceId ? { occurrenceId } : { event: event.id };
    const answer = await ask(ScenarioTestMailDocument, { input: { scenario, settings: config, ...from } });
    return accepted(answer.customEventTestMail).to ?? "";
  });
  const [to, setTo] = useState<string>();
  const run = async () => {
    setTo(undefined);
    setTo(await send.run());
  };
  return (
    <fieldset className={styles.group} aria-label={say("title")}>
      <legend className={styles.legend}>{say("title")}</legend>
      <p className={styles.note}>{say(event ? "help" : "noEvent")}</p>
      {shown}
      <div>
        <Button size="small" icon={<Mail size={14} aria-hidden />} busy={send.busy} disabled={!isReady} onClick={run}>
          {say("send")}
        </Button>
      </div>
      <div aria-live="polite">
        {to !== undefined && <Notice kind="success">{say("sent", { to })}</Notice>}
        {send.failure && <NotSent failure={send.failure} onRetry={run} />}
      </div>
    </fieldset>
  );
}

/** The first start point's event, whose data fields fill the mail in. */
function useStartEvent(): KnownEvent | undefined {
  const { flow, events } = useEditor();
  for (const start of flow.starts) {
    const event = typeof start.event === "number" ? events.get(start.event) : undefined;
    if (event) return event;
  }
  return undefined;
}

/** What fills it in: nothing real, or a logged occurrence, for whoever may see those. */
function useFilling(event: KnownEvent | undefined) {
  const say = useTexts(mailTexts);
  const ofAll = useTexts(common);
  const missing = useViewer().missing("TEST_WITH_OCCURRENCE");
  const [source, setSource] = useState("madeUp");
  const [occurrenceId, setOccurrenceId] = useState("");
  const isLogged = source === "logged" && missing.length === 0;
  const why = ofAll("missingPermission", { count: missing.length, codes: missing.join(", ") });
  const shown = event && (
    <>
      <SelectField
        label={say("filledIn")}
        value={isLogged ? "logged" : "madeUp"}
        options={[
          { value: "madeUp", label: say("madeUp") },
          { value: "logged", label: say("logged") },
        ]}
        onChange={setSource}
        disabled={missing.length > 0}
        help={missing.length > 0 ? why : undefined}
      />
      {isLogged && (
        <LoggedOccurrence
          event={event}
          trial={{ ...NEW_TRIAL, occurrenceId }}
          onTrial={(trial) => setOccurrenceId(trial.occurrenceId)}
        />
      )}
    </>
  );
  const isReady = event !== undefined && (!isLogged || occurrenceId !== "");
  return { occurrenceId: isLogged ? occurrenceId : "", isReady, shown };
}

function NotSent({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { language } = useSurroundings();
  const say = useTexts(mailTexts);
  const refusalText = useRefusalText();
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} onRetry={onRetry} />;
  return (
    <Notice kind="error" title={say("notSent")}>
      {failure.refusals.map(({ field, code, message }) => (
        <p key={`${field} ${code}`}>
          {isMailError(code)
            ? say(code, { said: message })
            : field?.startsWith("settings.")
              ? problemText({ field, code, message }, language)
              : refusalText({ field, code, message })}
        </p>
      ))}
    </Notice>
  );
}

/** What the catalogue has words for; other codes are the settings' own, or those of every mutation. */
const MAIL_ERRORS = [
  "MAIL_REFUSED",
  "UNKNOWN_OUTCOME",
  "RATE_LIMITED",
  "NOT_STAFF",
  "EMPTY_SUBJECT",
  "EMPTY_MESSAGE",
  "FAILED_TEMPLATE",
  "DATA_REMOVED",
] as const;
type MailError = (typeof MAIL_ERRORS)[number];

function isMailError(code: string): code is MailError {
  return (MAIL_ERRORS as readonly string[]).includes(code);
}
