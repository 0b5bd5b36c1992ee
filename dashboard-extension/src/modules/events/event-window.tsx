import { useEffect, useId, useRef, useState } from "react";
import { EventDocument } from "@/graphql/generated";
import { useLeaving } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useLeaveQuestion } from "@/ui/confirm";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { Pill } from "@/ui/pill";
import { Seen } from "@/ui/seen";
import { type Tab, Tabs } from "@/ui/tabs";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import { CodePanel } from "./code-panel";
import type { EventDetails } from "./event-form";
import styles from "./events.module.css";
import { listTexts } from "./messages";
import { SettingsPanel } from "./settings-panel";
import { TestPanel } from "./test-panel";
import { useEventForm } from "./use-event-form";
import { useTestEvent } from "./use-test-event";
import { windowTexts } from "./window-texts/messages";

export interface SavedEvent {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly slug: string;
}

interface Props {
  /** The event to change; left out, a new one is made. */
  readonly number?: number;
  readonly onClose: () => void;
  /** After each save. The window stays open: it shows the ID and ready code. */
  readonly onSaved: (event: SavedEvent) => void;
}

/** The window in which an event is made and changed: the same from the event list and from a scenario's start point. */
export function EventWindow({ number, onClose, onSaved }: Props) {
  // An event that was made in this very window is not asked for again when its number becomes the address.
  const made = useRef<number>(undefined);
  const isNew = number === undefined || made.current === number;
  const { data, failure, loading, reload } = useQuery(EventDocument, { number: number ?? 0 }, { skip: isNew });
  const say = useTexts(windowTexts);
  const event = data?.customEvent;
  const saved = (one: EventDetails) => {
    if (number === undefined) made.current = one.number;
    onSaved(one);
  };
  if (isNew) return <EventEditor onClose={onClose} onSaved={saved} />;
  if (event?.number === number) return <EventEditor key={number} event={event} onClose={onClose} onSaved={saved} />;
  return (
    <Window title={say("loadingTitle")} width={720} onClose={onClose}>
      {loading && <Loading />}
      {failure && !loading && <FailureNotice failure={failure} onRetry={reload} />}
      {!failure && !loading && <Notice kind="warning">{say("notFound", { number: number ?? 0 })}</Notice>}
    </Window>
  );
}

type Part = "settings" | "code" | "test";

interface EditorProps {
  readonly event?: EventDetails;
  readonly onClose: () => void;
  readonly onSaved: (event: EventDetails) => void;
}

function EventEditor({ event: given, onClose, onSaved }: EditorProps) {
  const [part, setPart] = useState<Part>("settings");
  const say = useTexts(windowTexts);
  const formId = useId();
  const form = useEventForm(given, (saved) => {
    // Whoever has just made an event wants to fire it.
    if (!form.event) setPart("code");
    leaving.unasked(() => onSaved(saved));
  });
  const test = useTestEvent(form.event);
  const leaving = useLeavingQuestion(form.unsaved);
  const close = async () => {
    if (await leaving.mayLeave()) leaving.unasked(onClose);
  };
  useEffect(() => {
    // It may have been saved from another tab: what is wrong is here.
    if (form.problems.length) setPart("settings");
  }, [form.problems]);
  const settings = <SettingsPanel form={form} formId={formId} />;
  return (
    <Window
      title={<Title event={form.event} />}
      width={720}
      onClose={close}
      footer={<Buttons form={form} formId={formId} part={part} onClose={close} />}
    >
      {form.save.failure && (
        <Seen>
          <FailureNotice failure={form.save.failure} />
        </Seen>
      )}
      {form.event ? (
        <Tabs
          label={say("tabs")}
          chosen={part}
          onChoose={(key) => setPart(key as Part)}
          tabs={
            [
              { key: "settings", label: say("settings"), content: settings },
              {
                key: "code",
                label: say("code"),
                content: <CodePanel event={form.event} onTest={() => setPart("test")} />,
              },
              {
                key: "test",
                label: say("test"),
                content: <TestPanel event={form.event} test={test} unsaved={form.unsaved} />,
              },
            ] satisfies Tab[]
          }
        />
      ) : (
        settings
      )}
    </Window>
  );
}

function Title({ event }: { readonly event: EventDetails | undefined }) {
  const say = useTexts(windowTexts);
  const ofList = useTexts(listTexts);
  if (!event) return <>{say("newTitle")}</>;
  return (
    <span className={styles.windowTitle}>
      {event.name}
      {event.archivedAt && <Pill hue="neutral">{ofList("archivedPill")}</Pill>}
    </span>
  );
}

interface ButtonsProps {
  readonly form: ReturnType<typeof useEventForm>;
  readonly formId: string;
  readonly part: Part;
  readonly onClose: () => void;
}

function Buttons({ form, formId, part, onClose }: ButtonsProps) {
  const say = useTexts(common);
  const viewer = useViewer();
  const saves = part === "settings" || form.unsaved;
  return (
    <>
      <Button onClick={onClose}>{say(saves ? "cancel" : "close")}</Button>
      {saves && (
        <Button
          variant="primary"
          busy={form.save.busy}
          missing={viewer.missing("DEFINE")}
          {...(part === "settings" ? { type: "submit", form: formId } : { onClick: () => form.save.run() })}
        >
          {say("save")}
        </Button>
      )}
    </>
  );
}

interface LeavingQuestion {
  readonly mayLeave: () => Promise<boolean>;
  /** Do something that goes elsewhere, without the question: it was asked, or nothing is lost. */
  readonly unasked: (leave: () => void) => void;
}

function useLeavingQuestion(unsaved: boolean): LeavingQuestion {
  const ask = useLeaveQuestion();
  const agreed = useRef(false);
  const mayLeave = async () => agreed.current || !unsaved || (await ask());
  useLeaving(unsaved, mayLeave);
  const unasked = (leave: () => void) => {
    // A way of ours asks before it returns.
    agreed.current = true;
    leave();
    agreed.current = false;
  };
  return { mayLeave, unasked };
}
