import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTexts } from "@/lib/texts";
import type { Task } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import { Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { FailureNotice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Props {
  readonly title: string;
  readonly yes: string;
  readonly initial?: string;
  readonly text?: ReactNode;
  /** Does it with the name; closing is the caller's. */
  readonly task: Task<[string], unknown>;
  readonly onClose: () => void;
}

/** Asks for a scenario's name: for a new one, a copy, or another name. */
export function NameWindow({ title, yes, initial = "", text, task, onClose }: Props) {
  const say = useTexts(deedTexts);
  const ofAll = useTexts(common);
  const sentence = useRefusalText();
  const viewer = useViewer();
  const form = useId();
  const [name, setName] = useState(initial);
  const refusals = task.failure instanceof Refused ? task.failure.refusals : [];
  const ofName = refusals.find((refusal) => refusal.field === "name") ?? refusals[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    task.run(name);
  };
  return (
    <Window
      title={title}
      width={444}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ofAll("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={task.busy} missing={viewer.missing("DEFINE")}>
            {yes}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <TextField
          label={say("name")}
          value={name}
          onChange={setName}
          maxLength={250}
          problem={ofName && sentence(ofName)}
          data-first
        />
      </form>
      {text}
      {task.failure && !ofName && <FailureNotice failure={task.failure} />}
    </Window>
  );
}
