import { type FormEvent, useState } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { zoneName } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { findEvents, picked } from "@/modules/log/choosing";
import { type Fault, faults, type Question } from "@/modules/log/explaining";
import { filtering } from "@/modules/log/messages";
import { why } from "@/modules/log/why-texts/messages";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { type Picked, Picker } from "@/ui/picker";
import styles from "./why.module.css";

interface Props {
  readonly question: Question;
  readonly busy: boolean;
  readonly onChange: (question: Question) => void;
  readonly onAsk: () => void;
}

/** The question: who, which event, when. Faults are shown once it was asked. */
export function WhyForm({ question, busy, onChange, onAsk }: Props) {
  const say = useTexts(why);
  const zone = zoneName(useSurroundings().locale);
  const missing = useViewer().missing("EXPLAIN");
  const [wasAsked, setAsked] = useState(false);
  const found = faults(question);
  const problem = (field: keyof Question) => wasAsked && saying(found[field]);
  const saying = (fault: Fault | undefined) => fault && say(fault);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!missing.length && !Object.keys(found).length) onAsk();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={say("email")}
        type="email"
        value={question.email}
        problem={problem("email")}
        onChange={(email) => onChange({ ...question, email })}
      />
      <EventField question={question} problem={problem("event") || undefined} onChange={onChange} />
      <TextField
        label={say("from", { zone })}
        type="datetime-local"
        value={question.from}
        problem={problem("from")}
        onChange={(from) => onChange({ ...question, from })}
      />
      <TextField
        label={say("to", { zone })}
        type="datetime-local"
        value={question.to}
        problem={problem("to")}
        onChange={(to) => onChange({ ...question, to })}
      />
      <div className={styles.ask}>
        <Button type="submit" variant="primary" busy={busy} missing={missing}>
          {say("ask")}
        </Button>
      </div>
    </form>
  );
}

interface EventProps {
  readonly question: Question;
  readonly problem: string | undefined;
  readonly onChange: (question: Question) => void;
}

interface Named extends Picked {
  readonly event: Question["event"];
}

/** One of the list, or what was typed: support may have nothing but an ID or slug, even of an event that is not there. */
function EventField({ question, problem, onChange }: EventProps) {
  const say = useTexts(why);
  const sayFilter = useTexts(filtering);
  const { event } = question;
  const asTyped = (text: string): Named => ({ key: `typed:${text}`, label: text, event: text });
  const value = typeof event === "string" ? asTyped(event) : event && { ...picked(event), event };
  const search = async (text: string): Promise<readonly Named[]> => {
    const found = (await findEvents(text)).map((one) => ({ key: one.key, label: one.label, event: one }));
    return text ? [...found, { ...asTyped(text), label: say("asTyped", { text }) }] : found;
  };
  return (
    <Picker<Named>
      label={say("event")}
      placeholder={sayFilter("choose")}
      help={say("eventHelp")}
      problem={problem}
      value={value}
      search={search}
      onChange={(chosen) => onChange({ ...question, event: chosen?.event ?? null })}
    />
  );
}
