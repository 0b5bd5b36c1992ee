import { ArrowUpDown, Equal, Minus, Pencil, Plus } from "lucide-react";
import { Fragment } from "react";
import { useSurroundings } from "@/lib/bridge";
import { say as inLanguage, useTexts } from "@/lib/texts";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import type { Head, Line, Row, SideBySide, Told } from "@/modules/scenarios/versions/side-by-side";
import styles from "@/modules/scenarios/versions/versions.module.css";
import { type Piece, shortened, wordDiff } from "@/modules/scenarios/versions/word-diff";
import { type Hue, Pill } from "@/ui/pill";

interface Props {
  readonly found: SideBySide;
  readonly names: { readonly before: string; readonly after: string };
  /** What is the same is shown as well. */
  readonly showsAll: boolean;
}

/** A table: what it is, before, after. Each step is a group of rows under its own head. */
export function ComparisonTable({ found, names, showsAll }: Props) {
  const say = useTexts(versionTexts);
  const groups = (["starts", "steps", "exits"] as const).filter((name) =>
    found[name].some(({ told }) => showsAll || told !== "SAME"),
  );
  if (!groups.length && !found.others.length) return null;
  return (
    <section className={styles.scroll} aria-label={say("compareTitle")} tabIndex={0}>
      <table className={styles.table}>
        <caption className="sce-hidden">{say("compareTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("what")}</th>
            <th scope="col">{names.before}</th>
            <th scope="col">{names.after}</th>
          </tr>
        </thead>
        {groups.map((name) => (
          <Fragment key={name}>
            <tbody>
              <tr className={styles.group}>
                <th scope="rowgroup" colSpan={3}>
                  {say(name)}
                </th>
              </tr>
            </tbody>
            <Rows rows={found[name]} showsAll={showsAll} isOfSteps={name === "steps"} />
          </Fragment>
        ))}
        {found.others.length > 0 && (
          <tbody>
            <tr className={styles.group}>
              <th scope="rowgroup" colSpan={3}>
                {say("others")}
              </th>
            </tr>
            {found.others.map((line) => (
              <LineView key={line.place} line={line} />
            ))}
          </tbody>
        )}
      </table>
    </section>
  );
}

interface RowsProps {
  readonly rows: readonly Row[];
  readonly showsAll: boolean;
  readonly isOfSteps: boolean;
}

/** What is the same is counted where it stands, so that one sees how far apart things are. */
function Rows({ rows, showsAll, isOfSteps }: RowsProps) {
  const shown: React.ReactNode[] = [];
  let same = 0;
  const count = (key: string) => {
    if (same && isOfSteps) shown.push(<Same key={`same before ${key}`} count={same} />);
    same = 0;
  };
  for (const row of rows) {
    if (row.told === "SAME" && !showsAll) {
      same += 1;
      continue;
    }
    count(row.id);
    shown.push(<RowView key={row.id} row={row} />);
  }
  count("the end");
  return shown;
}

function Same({ count }: { readonly count: number }) {
  const say = useTexts(versionTexts);
  return (
    <tbody>
      <tr className={styles.same}>
        <td colSpan={3}>{say("unchanged", { count })}</td>
      </tr>
    </tbody>
  );
}

const LOOKS: Record<Told, { readonly hue: Hue; readonly Icon: typeof Plus }> = {
  ADDED: { hue: "success", Icon: Plus },
  REMOVED: { hue: "error", Icon: Minus },
  CHANGED: { hue: "warning", Icon: Pencil },
  MOVED: { hue: "info", Icon: ArrowUpDown },
  SAME: { hue: "neutral", Icon: Equal },
};

function RowView({ row }: { readonly row: Row }) {
  const say = useTexts(versionTexts);
  const { hue, Icon } = LOOKS[row.told];
  return (
    <tbody data-told={row.told} className={styles.part}>
      <tr className={styles.head}>
        <th scope="rowgroup">
          <Pill hue={hue}>
            <Icon size={12} aria-hidden /> {say(row.told)}
          </Pill>
          {row.moved && row.told === "CHANGED" && <span className={styles.note}> {say("alsoMoved")}</span>}
        </th>
        <HeadView kind={row.kind} head={row.before} />
        <HeadView kind={row.kind} head={row.after} />
      </tr>
      {row.lines.map((line) => (
        <LineView key={line.place} line={line} />
      ))}
    </tbody>
  );
}

function HeadView({ kind, head }: { readonly kind: Row["kind"]; readonly head: Head | undefined }) {
  const say = useTexts(versionTexts);
  if (!head) return <td className={styles.absent}>{say("absent")}</td>;
  const { number, title } = head;
  return (
    <td>
      {kind === "start" && <div className={styles.note}>{say("startPoint", { number: number ?? 1 })}</div>}
      <strong>{kind === "step" && number ? say("stepNumber", { number, title }) : title}</strong>
      {head.kind && <div className={styles.note}>{head.kind}</div>}
    </td>
  );
}

function LineView({ line }: { readonly line: Line }) {
  const { before, after } = line;
  const compared = line.isWritten && before !== undefined && after !== undefined ? wordDiff(before, after) : undefined;
  return (
    <tr>
      <th scope="row" className={styles.label}>
        {line.label}
      </th>
      <td className={styles.value}>{compared ? <Words pieces={compared.before} side="before" /> : before}</td>
      <td className={styles.value}>{compared ? <Words pieces={compared.after} side="after" /> : after}</td>
    </tr>
  );
}

/** What only one of two texts has is struck out or underlined, and named for whoever does not see that. */
function Words({ pieces, side }: { readonly pieces: readonly Piece[]; readonly side: "before" | "after" }) {
  const { language } = useSurroundings();
  const Mark = side === "before" ? "del" : "ins";
  const told = inLanguage(versionTexts, language, side === "before" ? "wasRemoved" : "wasAdded");
  return shortened(pieces).map(({ text, isOwn }, at) =>
    isOwn ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <Mark key={at} className={styles.own}>
        <span className="sce-hidden">{told} </span>
        {text}
      </Mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <span key={at}>{text}</span>
    ),
  );
}
