import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { EventListView, useEventList } from "@/modules/events/event-list";
import { EventWindow, type SavedEvent } from "@/modules/events/event-window";
import { listTexts } from "@/modules/events/messages";
import { NotFoundPage } from "@/pages/not-found";
import { Button } from "@/ui/button";
import { Page } from "@/ui/page";

const NEW = "new";

interface Props {
  /** What is open over the list: an event's number, or `new`. */
  readonly open?: string;
}

/** The event list, and over it the window of one event. */
export function EventsPage({ open }: Props) {
  const say = useTexts(listTexts);
  const go = useGo();
  const list = useEventList();
  const missing = useViewer().missing("DEFINE");
  if (open !== undefined && open !== NEW && !/^[1-9]\d{0,9}$/.test(open)) return <NotFoundPage />;
  const keep = { state: list.state };
  const saved = (event: SavedEvent) => {
    list.query.reload();
    if (open === NEW) go(paths.event(event.number), { ...keep, replace: true });
  };
  const create = (
    <Button variant="primary" missing={missing} onClick={() => go(paths.newEvent, keep)}>
      {say("create")}
    </Button>
  );
  const actions = (
    <>
      <Button onClick={() => go(paths.settings)}>{say("settings")}</Button>
      <Button onClick={() => go(paths.keys)}>{say("keys")}</Button>
      {create}
    </>
  );
  return (
    <Page title={say("title")} subtitle={say("caption")} actions={actions}>
      <EventListView list={list} create={create} />
      {open !== undefined && (
        <EventWindow
          number={open === NEW ? undefined : Number(open)}
          onClose={() => {
            list.query.reload();
            go(paths.events, keep);
          }}
          onSaved={saved}
        />
      )}
    </Page>
  );
}
