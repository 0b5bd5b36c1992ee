import { EventRefusalsDocument, type EventRefusalsQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { Moment } from "@/ui/moment";
import { FailureNotice, Loading } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";
import { Window } from "@/ui/window";
import { useSentence } from "@/words/reasons";
import styles from "./events.module.css";
import type { EventRow } from "./list-state";
import { refusalTexts } from "./messages";

interface Props {
  readonly event: Pick<EventRow, "number" | "name">;
  readonly onClose: () => void;
}

export type Refusal = NonNullable<EventRefusalsQuery["customEvent"]>["refusals"][number];

/** Which firings of an event were refused, by day and reason, and which members were wrong. */
export function RefusalsWindow({ event, onClose }: Props) {
  const say = useTexts(refusalTexts);
  const { data, failure, loading, reload } = useQuery(EventRefusalsDocument, { number: event.number });
  const refusals = data?.customEvent?.refusals;
  return (
    <Window title={say("title", { name: event.name })} width={960} onClose={onClose}>
      <p>{say("intro")}</p>
      {loading && !refusals && <Loading />}
      {failure && <FailureNotice failure={failure} onRetry={reload} />}
      {refusals?.length === 0 && <p>{say("none")}</p>}
      {refusals && refusals.length > 0 && <Refusals refusals={refusals} />}
    </Window>
  );
}

/** Refused firings by day and reason: of an event, or of a key. */
export function Refusals({ refusals }: { readonly refusals: readonly Refusal[] }) {
  const say = useTexts(refusalTexts);
  const { locale } = useSurroundings();
  const columns: readonly Column<Refusal>[] = [
    { key: "day", head: say("day"), names: true, cell: (row) => <Day day={row.day} /> },
    { key: "why", head: say("why"), cell: (row) => <Why code={row.code} /> },
    { key: "count", head: say("count"), align: "end", cell: (row) => plainNumber(row.count, locale) },
    { key: "last", head: say("last"), cell: (row) => <Moment at={row.lastAt} as="relative" /> },
    { key: "samples", head: say("samples"), cell: (row) => <Samples row={row} /> },
  ];
  return (
    <div className={styles.refusals}>
      <Table
        caption={say("caption")}
        columns={columns}
        rows={refusals}
        rowKey={(row) => `${row.day} ${row.code} ${row.lastAt}`}
      />
    </div>
  );
}

function Day({ day }: { readonly day: string }) {
  return (
    <time dateTime={day} className={styles.day}>
      {day}
    </time>
  );
}

function Why({ code }: { readonly code: string }) {
  const sentence = useSentence();
  return (
    <>
      {sentence(code)} <code className={styles.reason}>{code}</code>
    </>
  );
}

/** The last refused firings of a day, newest first. */
function Samples({ row }: { readonly row: Refusal }) {
  const say = useTexts(refusalTexts);
  return (
    <details className={styles.samples}>
      <summary>{[...new Set(row.samples.flatMap((sample) => sample.fields))].join(", ") || say("wholeCall")}</summary>
      <ol aria-label={say("samples")}>
        {row.samples.toReversed().map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples have no names, and the list never changes
          <li key={index}>
            <Moment at={sample.at} as="column" /> <code>{sample.fields.join(", ") || say("wholeCall")}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}
