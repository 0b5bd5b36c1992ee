import { Ban, Pencil } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { RefusedCount } from "@/modules/events/refused-count";
import { IconButton } from "@/ui/button";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";
import { type KeyRow, refusedOf } from "./key-rows";
import styles from "./keys.module.css";
import { keyListTexts } from "./messages";

/** What stands in one cell of the list of keys. */

export function Name({ row }: { readonly row: KeyRow }) {
  const say = useTexts(keyListTexts);
  return (
    <span className={styles.name}>
      {row.name}
      <span className={styles.prefix}>
        <code>{row.prefix}…</code>
        {row.revokedAt && <Pill hue="neutral">{say("revokedPill")}</Pill>}
      </span>
    </span>
  );
}

/** What a key is bound to, or that it is bound to nothing. */
export function Bound({ to }: { readonly to: readonly string[] }) {
  const say = useTexts(keyListTexts);
  if (!to.length) return <span className={styles.faint}>{say("any")}</span>;
  return (
    <ul className={styles.bound}>
      {to.map((one) => (
        <li key={one}>
          <code>{one}</code>
        </li>
      ))}
    </ul>
  );
}

export function LastUsed({ row }: { readonly row: KeyRow }) {
  const say = useTexts(keyListTexts);
  if (!row.lastUsedAt) return <span className={styles.faint}>{say("never")}</span>;
  return <Moment at={row.lastUsedAt} as="relative" />;
}

export function Refused({ row, onOpen }: { readonly row: KeyRow; readonly onOpen: () => void }) {
  const say = useTexts(keyListTexts);
  const count = refusedOf(row);
  const label = say("showRefused", { count, name: row.name });
  return <RefusedCount count={count} label={label} help={say("refusedHelp")} onOpen={onOpen} />;
}

interface DeedsProps {
  readonly row: KeyRow;
  readonly onEdit: () => void;
  readonly onRevoke: () => void;
}

export function Deeds({ row, onEdit, onRevoke }: DeedsProps) {
  const say = useTexts(keyListTexts);
  const missing = useViewer().missing("KEYS");
  const { name } = row;
  if (row.revokedAt) return <Moment at={row.revokedAt} as="relative" />;
  return (
    <span className={styles.deeds}>
      <IconButton
        icon={<Pencil size={16} aria-hidden />}
        label={say("edit", { name })}
        missing={missing}
        onClick={onEdit}
      />
      <IconButton
        icon={<Ban size={16} aria-hidden />}
        label={say("revoke", { name })}
        missing={missing}
        onClick={onRevoke}
      />
    </span>
  );
}
