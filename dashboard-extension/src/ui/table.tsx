import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/ui/fields";
import styles from "./table.module.css";

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  /** The head is read, not seen (a column of icons). */
  readonly hideHead?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "start" | "end";
  /** CSS width. */
  readonly width?: string;
  /** Names the row: the cell is its heading. */
  readonly names?: boolean;
  /** Sorting by it: the direction in force, and what a click asks for. */
  readonly sorted?: "ascending" | "descending" | "none";
  readonly onSort?: () => void;
}

interface Props<Row> {
  /** What the table shows, for whoever hears it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** An answer to newer filters is under way. */
  readonly stale?: boolean;
  /** Rows that are shown as different (archived). */
  readonly isFaint?: (row: Row) => boolean;
}

/** A real table; in a narrow window it scrolls sideways by itself. */
export function Table<Row>({ caption, columns, rows, rowKey, stale = false, isFaint }: Props<Row>) {
  return (
    <section className={styles.scroll} aria-label={caption} tabIndex={0}>
      <table className={styles.table} aria-busy={stale || undefined}>
        <caption className="sce-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width }}
                className={classes(column.align === "end" && styles.end)}
                aria-sort={column.sorted}
              >
                <Head column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={classes(isFaint?.(row) && styles.faint)}>
              {columns.map((column) =>
                column.names ? (
                  <th key={column.key} scope="row" className={styles.names}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={classes(column.align === "end" && styles.end)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head<Row>({ column }: { column: Column<Row> }) {
  if (column.hideHead) return <span className="sce-hidden">{column.head}</span>;
  if (!column.onSort) return <>{column.head}</>;
  return (
    <button type="button" className={styles.sort} onClick={column.onSort}>
      {column.head}
      {column.sorted === "ascending" && <ArrowUp size={14} aria-hidden />}
      {column.sorted === "descending" && <ArrowDown size={14} aria-hidden />}
    </button>
  );
}
