import { type FormEvent, useEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import { Checkbox, TextArea, TextField } from "@/ui/fields";
import { Notice } from "@/ui/notice";
import { Seen } from "@/ui/seen";
import { DeclaredFields } from "./declared-fields";
import type { EventDraft } from "./event-form";
import styles from "./events.module.css";
import { FieldProblems } from "./field-problems";
import { Happenings } from "./happenings-choice";
import { type Told, told, useSentences } from "./problems";
import { Problems } from "./problems-notice";
import { slugPreview } from "./slug";
import type { EventForm } from "./use-event-form";
import { windowTexts } from "./window-texts/messages";

interface Props {
  readonly form: EventForm;
  readonly formId: string;
}

const INPUTS = /^(name|description|slug|number|dataFields\[\d+\]\.name|happenings\[\d+\]\.(minutes|keys))$/;

/** What an event is: everything that is saved. */
export function SettingsPanel({ form, formId }: Props) {
  const say = useTexts(windowTexts);
  const sentences = useSentences();
  const { draft, problems } = form;
  const found = told(problems, (field) => INPUTS.test(field), sentences.ofProblem);
  const shown = useFirstProblem(problems);
  const set = (change: Partial<EventDraft>) => form.change((now) => ({ ...now, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.save.run();
  };
  return (
    <form id={formId} ref={shown} className={styles.form} noValidate onSubmit={submit}>
      {form.event?.archivedAt && <Notice kind="warning">{say("archivedNotice")}</Notice>}
      {found.rest.length > 0 && (
        <Seen>
          <Problems title={say("notSaved")} problems={found.rest} sentence={sentences.ofProblem} />
        </Seen>
      )}
      <TextField
        label={say("name")}
        value={draft.name}
        onChange={(name) => set({ name })}
        problem={found.at("name")}
        required
        maxLength={250}
        {...(form.event ? {} : { "data-first": true })}
      />
      <TextArea
        label={say("description")}
        optional
        rows={2}
        value={draft.description}
        onChange={(description) => set({ description })}
        problem={found.at("description")}
      />
      <Checkbox
        label={say("enableLogging")}
        help={say("enableLoggingHelp")}
        checked={draft.logging}
        onChange={(logging) => set({ logging })}
      />
      <Checkbox
        label={say("publicLabel")}
        help={say("publicHelp")}
        checked={draft.public}
        onChange={(value) => set({ public: value })}
      />
      <Slug form={form} set={set} problem={found.at("slug")} />
      <Happenings draft={draft} change={form.change} problemAt={found.at} />
      <DeclaredFields draft={draft} change={form.change} problemAt={found.at} />
      {form.event && <FieldProblems number={form.event.number} counts={draft.violations === "WARN"} />}
      {!form.event && <Advanced draft={draft} set={set} found={found} />}
    </form>
  );
}

interface SlugProps {
  readonly form: EventForm;
  readonly set: (change: Partial<EventDraft>) => void;
  readonly problem: string | undefined;
}

function Slug({ form, set, problem }: SlugProps) {
  const say = useTexts(windowTexts);
  const { draft, event } = form;
  const fixed = event?.slugFixed ?? false;
  return (
    <TextField
      label={say("slug")}
      mono
      value={draft.slug ?? slugPreview(draft.name)}
      onChange={(slug) => set({ slug: slug || event ? slug : undefined })}
      readOnly={fixed}
      help={fixed ? say("slugFixed") : say("slugHelp")}
      problem={problem}
      placeholder={event ? undefined : say("slugMade")}
      maxLength={100}
      spellCheck={false}
    />
  );
}

interface AdvancedProps {
  readonly draft: EventDraft;
  readonly set: (change: Partial<EventDraft>) => void;
  readonly found: Told;
}

function Advanced({ draft, set, found }: AdvancedProps) {
  const say = useTexts(windowTexts);
  const problem = found.at("number");
  return (
    <details className={styles.advanced} open={problem !== undefined || undefined}>
      <summary>{say("advanced")}</summary>
      <TextField
        label={say("number")}
        optional
        inputMode="numeric"
        value={draft.number}
        onChange={(number) => set({ number })}
        help={say("numberHelp")}
        problem={problem}
      />
    </details>
  );
}

/** Lead to the first input that something is wrong with, whenever something was found. */
function useFirstProblem(problems: EventForm["problems"]) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  return form;
}
