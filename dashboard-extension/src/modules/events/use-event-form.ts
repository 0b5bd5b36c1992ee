import { useState } from "react";
import { EventCreateDocument, EventUpdateDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { type Task, useTask } from "@/lib/use-task";
import {
  createInput,
  draftOf,
  type EventDetails,
  type EventDraft,
  isChanged,
  NEW_EVENT,
  type Problem,
  problemsOf,
  updateInput,
} from "./event-form";
import { windowTexts } from "./window-texts/messages";

export interface EventForm {
  /** As the server has it; undefined while it is new. */
  readonly event: EventDetails | undefined;
  readonly draft: EventDraft;
  readonly change: (change: (draft: EventDraft) => EventDraft) => void;
  readonly unsaved: boolean;
  readonly problems: readonly Problem[];
  readonly save: Task<[], void>;
}

/** An event being made or changed. What was typed stays, whatever becomes of saving it. */
export function useEventForm(given: EventDetails | undefined, onSaved: (event: EventDetails) => void): EventForm {
  const say = useTexts(windowTexts);
  const [event, setEvent] = useState(given);
  const [draft, setDraft] = useState(given ? draftOf(given) : NEW_EVENT);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const before = event ? draftOf(event) : NEW_EVENT;

  const save = useTask(async () => {
    const seen = problemsOf(draft);
    setProblems(seen);
    if (seen.length) return;
    const { errors, customEvent } = await store(event, draft, before);
    setProblems(errors);
    if (errors.length || !customEvent) return;
    setEvent(customEvent);
    // What was typed while it was being saved is kept, and is a change of what was saved.
    setDraft((now) => (now === draft ? draftOf(customEvent) : now));
    toast({ status: "success", title: say(event ? "saved" : "created", { name: customEvent.name }) });
    onSaved(customEvent);
  });
  return { event, draft, change: setDraft, unsaved: isChanged(draft, before), problems, save };
}

interface Stored {
  readonly errors: readonly Problem[];
  readonly customEvent?: EventDetails | null;
}

async function store(event: EventDetails | undefined, draft: EventDraft, before: EventDraft): Promise<Stored> {
  const answer = event
    ? (await ask(EventUpdateDocument, { id: event.id, input: updateInput(draft, before) })).customEventUpdate
    : (await ask(EventCreateDocument, { input: createInput(draft) })).customEventCreate;
  return answer ?? { errors: [] };
}
