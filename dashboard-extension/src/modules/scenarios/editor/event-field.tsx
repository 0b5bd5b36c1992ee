import { useEffect, useState } from "react";
import { StartEventByNumberDocument, StartEventChoicesDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { EventWindow, type SavedEvent } from "@/modules/events/event-window";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { Picker } from "@/ui/picker";

/** Events that the list shows for what was typed. */
const SHOWN = 50;

interface Props {
  readonly label: string;
  readonly help?: string;
  readonly problem?: string;
  /** The chosen event's number. */
  readonly value: number | undefined;
  readonly onChange: (event: KnownEvent | undefined) => void;
}

/** The dropdown of events: finds by name, slug or ID; "Create new" at its end makes one, which is chosen at once. */
export function EventField({ label, help, problem, value, onChange }: Props) {
  const { events, learn } = useEditor();
  const say = useTexts(editorTexts);
  const [creating, setCreating] = useState(false);
  const known = useKnownEvent(value);
  const choose = (event: KnownEvent | undefined) => {
    if (event) learn(event);
    onChange(event);
  };
  const search = async (text: string) => {
    const answer = await ask(StartEventChoicesDocument, { search: text, first: SHOWN });
    return (answer.customEvents?.edges ?? []).map(({ node }) =>
      pickedOf(node, say("eventHint", { number: node.number, slug: node.slug })),
    );
  };
  const saved = (event: SavedEvent) => {
    // Chosen at once; what the window does not tell of it (its data fields) follows.
    choose({ ...event, public: false, dataFields: [] });
    ask(StartEventByNumberDocument, { number: event.number }).then(
      (answer) => answer.customEvent && learn(answer.customEvent),
      () => undefined,
    );
  };
  const shown = value === undefined ? null : (known ?? events.get(value));
  return (
    <>
      <Picker
        label={label}
        help={help}
        problem={problem}
        placeholder={say("eventPlaceholder")}
        value={
          shown
            ? pickedOf(shown)
            : value === undefined
              ? null
              : { key: String(value), label: say("eventMissing", { number: value }), event: undefined }
        }
        onChange={(picked) => choose(picked?.event)}
        search={search}
        last={{ label: say("createEvent"), onChoose: () => setCreating(true) }}
      />
      {creating && <EventWindow onClose={() => setCreating(false)} onSaved={saved} />}
    </>
  );
}

function pickedOf(event: KnownEvent, hint?: string) {
  return { key: String(event.number), label: event.name, hint, event: event as KnownEvent | undefined };
}

/** An event by its number, asked for where nobody has met it yet. */
export function useKnownEvent(number: number | undefined): KnownEvent | undefined {
  const { events, learn } = useEditor();
  const known = number === undefined ? undefined : events.get(number);
  const skip = number === undefined || known !== undefined;
  const { data } = useQuery(StartEventByNumberDocument, { number: number ?? 0 }, { skip });
  const found = data?.customEvent?.number === number ? data?.customEvent : undefined;
  // Everything else that names it then knows it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: learning makes another editor; what was found is what counts
  useEffect(() => {
    if (found) learn(found);
  }, [found]);
  return known ?? found ?? undefined;
}
