import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { IconButton } from "@/ui/button";
import { CopyValue } from "@/ui/copy";
import { Link } from "@/ui/link";
import { Pill } from "@/ui/pill";
import { common } from "@/words/words";
import styles from "./event-table.module.css";
import { happeningTexts } from "./happening-words";
import type { EventRow, ListState } from "./list-state";
import { listTexts } from "./messages";
import { RefusedCount } from "./refused-count";
import { useFiredBy } from "./use-fired-by";

/** What stands in one cell of the event list. */

/** Where counting ends on the server: it stands for that or more. */
const COUNTED = 10_000;

export function Id({ row }: { readonly row: EventRow }) {
  const say = useTexts(listTexts);
  return (
    <span className={styles.number}>
      <CopyValue value={String(row.number)} label={say("copyId", { number: row.number })} />
    </span>
  );
}

export function Name({ row, state }: { readonly row: EventRow; readonly state: ListState }) {
  const say = useTexts(listTexts);
  const ofStore = useTexts(happeningTexts);
  const firedBy = useFiredBy();
  return (
    <span className={styles.name}>
      <Link to={paths.event(row.number)} state={state}>
        {row.name}
      </Link>
      <span className={styles.slug}>
        <code>{row.slug}</code>
        {row.archivedAt && <Pill hue="neutral">{say("archivedPill")}</Pill>}
      </span>
      {row.happenings.length > 0 && (
        <span className={styles.firedBy}>{ofStore("firedBy", { names: firedBy(row.happenings) })}</span>
      )}
    </span>
  );
}

export function Logging({ on }: { readonly on: boolean }) {
  const say = useTexts(listTexts);
  return <Pill hue={on ? "success" : "neutral"}>{say(on ? "on" : "off")}</Pill>;
}

export function YesNo({ yes }: { readonly yes: boolean }) {
  const say = useTexts(common);
  return yes ? <Pill hue="info">{say("yes")}</Pill> : <span className={styles.faint}>{say("no")}</span>;
}

export function Count({ of }: { readonly of: number }) {
  const say = useTexts(listTexts);
  const { locale } = useSurroundings();
  const count = plainNumber(of, locale);
  return <>{of >= COUNTED ? say("orMore", { count }) : count}</>;
}

export function Refused({ row, onOpen }: { readonly row: EventRow; readonly onOpen: () => void }) {
  const say = useTexts(listTexts);
  const count = row.refusedCount;
  const label = say("showRefused", { count, name: row.name });
  return <RefusedCount count={count} label={label} help={say("refusedHelp")} onOpen={onOpen} />;
}

interface DeedsProps {
  readonly row: EventRow;
  readonly state: ListState;
  readonly onArchive: (row: EventRow) => void;
  readonly onRestore: (row: EventRow) => void;
}

export function Deeds({ row, state, onArchive, onRestore }: DeedsProps) {
  const say = useTexts(listTexts);
  const missing = useViewer().missing("DEFINE");
  const { name } = row;
  return (
    <span className={styles.deeds}>
      <Link
        to={paths.event(row.number)}
        state={state}
        className={styles.icon}
        aria-label={say("edit", { name })}
        title={say("edit", { name })}
      >
        <Pencil size={16} aria-hidden />
      </Link>
      {row.archivedAt ? (
        <IconButton
          icon={<ArchiveRestore size={16} aria-hidden />}
          label={say("restore", { name })}
          missing={missing}
          onClick={() => onRestore(row)}
        />
      ) : (
        <IconButton
          icon={<Archive size={16} aria-hidden />}
          label={say("archive", { name })}
          missing={missing}
          onClick={() => onArchive(row)}
        />
      )}
    </span>
  );
}
