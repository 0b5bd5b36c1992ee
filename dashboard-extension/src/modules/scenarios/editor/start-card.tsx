import { Pencil, Trash2, Zap } from "lucide-react";
import { useState } from "react";
import { StartEventByNumberDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { EventWindow } from "@/modules/events/event-window";
import type { Members, Start } from "@/modules/scenarios/definition";
import { elementId, focusOn, PartForm, useEditor } from "@/modules/scenarios/editor/editor-context";
import { EventField, useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { FilterField } from "@/modules/scenarios/editor/filter-field";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { PartProblems } from "@/modules/scenarios/editor/part-problems";
import { Entry } from "@/modules/scenarios/editor/start-entry";
import { scopeOf } from "@/modules/scenarios/editor/variables";
import { Badges, useMarked } from "@/modules/scenarios/overlay/badges";
import { Button, IconButton } from "@/ui/button";

interface Props {
  readonly start: Start;
  readonly number: number;
  readonly count: number;
}

/** A start point "Custom event" in the list: which event, and who may enter. */
export function StartCard({ start, number, count }: Props) {
  const { readOnly } = useEditor();
  const say = useTexts(editorTexts);
  const marked = useMarked(start.id);
  const title = count > 1 ? say("startNumber", { number }) : say("startTitle");
  return (
    <article id={elementId(start.id)} aria-label={title} className={styles.card} data-start {...marked}>
      <header className={styles.cardHead}>
        <span className={styles.icon} data-type="start">
          <Zap size={16} aria-hidden />
        </span>
        <div className={styles.titles}>
          <h2 className={styles.title}>{title}</h2>
        </div>
        <RemoveStart {...{ start, number, count }} />
      </header>
      <div className={styles.badges}>
        <Badges part={start.id} />
      </div>
      <div data-form>
        <fieldset disabled={readOnly} className={styles.form}>
          <PartForm part={start.id}>
            <StartForm start={start} />
          </PartForm>
        </fieldset>
      </div>
    </article>
  );
}

/** The last one stays: a scenario begins somewhere. */
export function RemoveStart({ start, number, count }: Props) {
  const { flow, change, readOnly } = useEditor();
  const say = useTexts(editorTexts);
  if (readOnly || count < 2) return null;
  const others = flow.starts.filter((one) => one.id !== start.id);
  const remove = () => {
    change((now) => ({ ...now, starts: now.starts.filter((one) => one.id !== start.id) }));
    focusOn(others[0]?.id ?? null);
  };
  return <IconButton icon={<Trash2 size={16} aria-hidden />} label={say("removeStart", { number })} onClick={remove} />;
}

export function StartForm({ start }: { readonly start: Start }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(editorTexts);
  const event = typeof start.event === "number" ? start.event : undefined;
  const set = (members: Members) =>
    change((flow) => ({
      ...flow,
      starts: flow.starts.map((one) => (one.id === start.id ? { ...one, ...members } : one)),
    }));
  return (
    <>
      <PartProblems part={start.id} />
      <EventField
        label={say("event")}
        value={event}
        onChange={(chosen) => set({ event: chosen?.number })}
        problem={problemAt(start.id, "event")}
      />
      {event !== undefined && <AboutEvent number={event} />}
      <FilterField
        part={start.id}
        member="filter"
        condition={start.filter}
        scope={scopeOf(start.event)}
        onChange={(filter) => set({ filter: filter ?? undefined })}
        words={{
          title: say("filter"),
          help: say("filterHelp"),
          add: say("addFilter"),
          remove: say("removeFilter"),
          none: say("noFilter"),
        }}
      />
      <Entry start={start} set={set} />
    </>
  );
}

/** What is worth knowing of the chosen event, and the way to change it without leaving. */
function AboutEvent({ number }: { readonly number: number }) {
  const { learn, check } = useEditor();
  const say = useTexts(editorTexts);
  const event = useKnownEvent(number);
  const [editing, setEditing] = useState(false);
  const saved = () =>
    ask(StartEventByNumberDocument, { number }).then(
      (answer) => {
        if (answer.customEvent) learn(answer.customEvent);
        check.again();
      },
      // It is asked for again when the page is opened the next time.
      () => undefined,
    );
  if (!event) return null;
  return (
    <div className={styles.row}>
      <span className={styles.note}>
        {event.archivedAt ? say("eventArchived") : say("eventHint", { number: event.number, slug: event.slug })}
      </span>
      <Button size="small" variant="tertiary" icon={<Pencil size={14} aria-hidden />} onClick={() => setEditing(true)}>
        {say("openEvent")}
      </Button>
      {editing && <EventWindow number={number} onClose={() => setEditing(false)} onSaved={saved} />}
    </div>
  );
}
