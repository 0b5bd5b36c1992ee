import { type FormEvent, useId } from "react";
import { useLeaving } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useLeaveQuestion } from "@/ui/confirm";
import { CopyValue } from "@/ui/copy";
import { SelectField, TextField } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { Seen } from "@/ui/seen";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import type { KeyDetails } from "./key-form";
import { ListField } from "./key-list-field";
import { useProblemTexts } from "./key-problems";
import styles from "./keys.module.css";
import { keyListTexts, keyWindowTexts } from "./messages";
import { type KeyForm, useKeyForm } from "./use-key-form";

interface Props {
  /** The key to change; left out, a new one is made. */
  readonly row?: KeyDetails;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** The window in which a key is made and changed. A new one is shown in it, this once. */
export function KeyWindow({ row, onClose, onSaved }: Props) {
  const say = useTexts(keyWindowTexts);
  const formId = useId();
  const form = useKeyForm(row, () => {
    onSaved();
    // A new key stays to be copied.
    if (row) onClose();
  });
  const mayLeave = useMayLeave(form.unsaved);
  const close = async () => {
    if (await mayLeave()) onClose();
  };
  return (
    <Window
      title={row ? row.name : say("newTitle")}
      onClose={close}
      footer={<Buttons form={form} formId={formId} onClose={close} />}
    >
      {form.save.failure && (
        <Seen>
          <FailureNotice failure={form.save.failure} />
        </Seen>
      )}
      {form.secret ? <Made secret={form.secret} /> : <Fields form={form} formId={formId} isNew={!row} />}
    </Window>
  );
}

function useMayLeave(unsaved: boolean): () => Promise<boolean> {
  const ask = useLeaveQuestion();
  useLeaving(unsaved, ask);
  return async () => !unsaved || (await ask());
}

function Made({ secret }: { readonly secret: string }) {
  const say = useTexts(keyWindowTexts);
  return (
    <Seen>
      <div className={styles.form}>
        <Notice kind="warning" title={say("onceTitle")}>
          {say("onceText")}
        </Notice>
        <div className={styles.secret}>
          <CopyValue value={secret} label={say("copyKey")} />
        </div>
      </div>
    </Seen>
  );
}

interface FieldsProps {
  readonly form: KeyForm;
  readonly formId: string;
  readonly isNew: boolean;
}

function Fields({ form, formId, isNew }: FieldsProps) {
  const say = useTexts(keyWindowTexts);
  const types = useTexts(keyListTexts);
  const problemAt = useProblemTexts(form.problems, form.draft);
  const { draft, change } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.save.run();
  };
  return (
    <form id={formId} className={styles.form} noValidate onSubmit={submit}>
      {problemAt("") && (
        <Seen>
          <Notice kind="error" title={say("notSaved")}>
            {problemAt("")}
          </Notice>
        </Seen>
      )}
      <TextField
        label={say("name")}
        help={say("nameHelp")}
        value={draft.name}
        onChange={(name) => change({ name })}
        problem={problemAt("name")}
        required
        maxLength={250}
        data-first
      />
      {isNew && (
        <SelectField
          label={types("type")}
          help={say(draft.type === "SERVER" ? "serverHelp" : "storefrontHelp")}
          value={draft.type}
          onChange={(type) => change({ type })}
          options={(["STOREFRONT", "SERVER"] as const).map((value) => ({ value, label: types(value) }))}
        />
      )}
      <ListField list="channels" draft={draft} change={change} problem={problemAt("channels")} />
      {draft.type === "STOREFRONT" && (
        <>
          <ListField list="origins" draft={draft} change={change} problem={problemAt("origins")} />
          <ListField list="allowedFields" draft={draft} change={change} problem={problemAt("allowedFields")} />
        </>
      )}
    </form>
  );
}

interface ButtonsProps {
  readonly form: KeyForm;
  readonly formId: string;
  readonly onClose: () => void;
}

function Buttons({ form, formId, onClose }: ButtonsProps) {
  const say = useTexts(common);
  const missing = useViewer().missing("KEYS");
  if (form.secret) return <Button onClick={onClose}>{say("close")}</Button>;
  return (
    <>
      <Button onClick={onClose}>{say("cancel")}</Button>
      <Button variant="primary" busy={form.save.busy} missing={missing} type="submit" form={formId}>
        {say("save")}
      </Button>
    </>
  );
}
