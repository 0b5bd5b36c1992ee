import { Send } from "lucide-react";
import type { FormEvent } from "react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { Checkbox, TextField } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { Seen } from "@/ui/seen";
import { useSentence } from "@/words/reasons";
import type { EventDetails } from "./event-form";
import styles from "./events.module.css";
import { told, useSentences } from "./problems";
import { Problems } from "./problems-notice";
import { typedOf } from "./test-event";
import { TestReceipt } from "./test-receipt";
import { testTexts } from "./test-texts/messages";
import type { TestEvent } from "./use-test-event";
import { ValueField } from "./value-field";

interface Props {
  readonly event: EventDetails;
  readonly test: TestEvent;
  readonly unsaved: boolean;
}

/** Fires the event once, with values that one can change, and shows what came of it. */
export function TestPanel({ event, test, unsaved }: Props) {
  const say = useTexts(testTexts);
  const viewer = useViewer();
  const sentences = useSentences();
  const reason = useSentence();
  const { draft } = test;
  const inputs = new Set(["customerEmail", ...event.dataFields.map((field) => `dataFields.${field.name}`)]);
  const found = told(test.problems, (field) => inputs.has(field), sentences.ofValue);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (viewer.may("FIRE")) test.send.run();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <p>{say("intro")}</p>
      {unsaved && <Notice kind="info">{say("unsaved")}</Notice>}
      <TextField
        label={say("who")}
        type="email"
        value={draft.email}
        onChange={(email) => test.change({ email })}
        help={say("whoHelp")}
        problem={found.at("customerEmail")}
      />
      {event.dataFields.length === 0 ? (
        <p className={styles.help}>{say("noFields")}</p>
      ) : (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{say("fields")}</legend>
          {event.dataFields.map((field) => (
            <ValueField
              key={field.name}
              field={field}
              typed={typedOf(draft, field)}
              onChange={(typed) => test.change({ typed: { ...draft.typed, [field.name]: typed } })}
              problem={found.at(`dataFields.${field.name}`)}
            />
          ))}
        </fieldset>
      )}
      <Checkbox
        label={say("dryRun")}
        help={say("dryRunHelp")}
        checked={draft.dryRun}
        onChange={(dryRun) => test.change({ dryRun })}
      />
      <div>
        <Button
          type="submit"
          variant="primary"
          icon={<Send size={16} aria-hidden />}
          busy={test.send.busy}
          missing={viewer.missing("FIRE")}
        >
          {say(draft.dryRun ? "check" : "send")}
        </Button>
      </div>
      {test.send.failure && (
        <Seen>
          <FailureNotice failure={test.send.failure} />
        </Seen>
      )}
      {found.rest.length > 0 && (
        <Seen>
          <Problems
            title={say("notSent")}
            problems={found.rest}
            sentence={(problem) => reason(problem.code) ?? problem.message}
          />
        </Seen>
      )}
      {test.receipt && (
        <Seen key={test.receipt.occurrenceId}>
          <TestReceipt event={event} receipt={test.receipt} />
        </Seen>
      )}
    </form>
  );
}
