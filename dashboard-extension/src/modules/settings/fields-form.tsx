import { type FormEvent, useState } from "react";
import { SettingsUpdateDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useLeaving } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useLeaveQuestion } from "@/ui/confirm";
import { TextField } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { common } from "@/words/words";
import { changesOf, type Fields, fieldsOf, type Problem, problemAt, type Settings } from "./fields";
import { settingsTexts } from "./messages";
import { Section } from "./section";
import styles from "./settings.module.css";

interface Props {
  readonly settings: Settings;
  readonly onDone: () => void;
}

/** What a merchant sets: kept where the store keeps it, so its own page of the plugin shows the same. */
export function FieldsForm({ settings, onDone }: Props) {
  const say = useTexts(settingsTexts);
  const words = useTexts(common);
  const missing = useViewer().missing("SETTINGS");
  const form = useFields(settings, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing.length) form.save.run();
  };
  const nowhere = problemAt(form.problems);
  const shared = { readOnly: missing.length > 0, maxLength: 250 };
  return (
    <Section title={say("store")}>
      <form className={styles.form} noValidate onSubmit={submit}>
        {form.save.failure && <FailureNotice failure={form.save.failure} />}
        {nowhere && (
          <Notice kind="error" title={say("notSaved")}>
            {nowhere.message}
          </Notice>
        )}
        <TextField
          {...form.wired("publicUrl")}
          {...shared}
          label={say("publicUrl")}
          help={say("publicUrlHelp")}
          type="url"
        />
        <TextField
          {...form.wired("senderAddress")}
          {...shared}
          label={say("senderAddress")}
          help={say("senderAddressHelp")}
          type="email"
        />
        <TextField {...form.wired("senderName")} {...shared} label={say("senderName")} help={say("senderNameHelp")} />
        <div className={styles.buttons}>
          <Button variant="primary" type="submit" missing={missing} busy={form.save.busy}>
            {words("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function useFields(settings: Settings, onDone: () => void) {
  const say = useTexts(settingsTexts);
  const kept = fieldsOf(settings);
  // What was typed, over what is kept: a look at the server every few seconds takes nothing away.
  const [typed, setTyped] = useState<Partial<Fields>>({});
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const draft = { ...kept, ...typed };
  const changes = changesOf(draft, kept);
  useLeaving(Object.keys(changes).length > 0, useLeaveQuestion());

  const save = useTask(async () => {
    const answer = (await ask(SettingsUpdateDocument, { input: changes })).customEventSettingsUpdate;
    setProblems(answer?.errors ?? []);
    if (answer?.errors.length) return;
    toast({ status: "success", title: say("saved") });
    onDone();
  });
  const sentence = (problem: Problem | undefined) => {
    const keys = problem ? [`${problem.field} ${problem.code}`, problem.code] : [];
    const key = keys.find((known) => Object.hasOwn(settingsTexts.en, known));
    return key ? say(key as keyof typeof settingsTexts.en) : problem?.message;
  };
  const wired = (name: keyof Fields) => ({
    value: draft[name],
    onChange: (value: string) => setTyped((now) => ({ ...now, [name]: value })),
    problem: sentence(problemAt(problems, name)),
  });
  return { save, problems, wired };
}
