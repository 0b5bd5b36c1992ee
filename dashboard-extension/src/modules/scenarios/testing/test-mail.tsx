import { Mail } from "lucide-react";
import { useState } from "react";
import { ScenarioTestMailDocument } from "@/graphql/generated";
import { ask, type Failure } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import type { Members } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { problemText } from "@/modules/scenarios/editor/problems";
import { mailErrorText } from "@/modules/scenarios/testing/mail-errors";
import { MailPreview } from "@/modules/scenarios/testing/mail-preview";
import { mailTexts } from "@/modules/scenarios/testing/mail-texts/messages";
import { useFilling } from "@/modules/scenarios/testing/use-filling";
import { Button } from "@/ui/button";
import { FailureNotice, Notice } from "@/ui/notice";

/** The mail as it stands in the form: as a customer would see it, and sent to the reader's own address. */
export default function TestMail({ config }: { readonly config: Members }) {
  const { scenario } = useEditor();
  const say = useTexts(mailTexts);
  const filling = useFilling();
  const send = useTask(async () => {
    if (!filling.from) return undefined;
    const answer = await ask(ScenarioTestMailDocument, { input: { scenario, settings: config, ...filling.from } });
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
      {!filling.event && <p className={styles.note}>{say("noEvent")}</p>}
      {filling.shown}
      <MailPreview scenario={scenario} config={config} filling={filling} />
      <p className={styles.note}>{say("help")}</p>
      <div>
        <Button
          size="small"
          icon={<Mail size={14} aria-hidden />}
          busy={send.busy}
          disabled={!filling.isReady}
          onClick={run}
        >
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

function NotSent({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { language } = useSurroundings();
  const say = useTexts(mailTexts);
  const refusalText = useRefusalText();
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} onRetry={onRetry} />;
  return (
    <Notice kind="error" title={say("notSent")}>
      {failure.refusals.map(({ field, code, message }) => (
        <p key={`${field} ${code}`}>
          {mailErrorText(code, message, say) ??
            (field?.startsWith("settings.")
              ? problemText({ field, code, message }, language)
              : refusalText({ field, code, message }))}
        </p>
      ))}
    </Notice>
  );
}
