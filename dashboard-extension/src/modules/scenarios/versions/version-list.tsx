import { Eye, GitCompareArrows, RotateCcw } from "lucide-react";
import { type ListedVersionFragment, ScenarioDiffDocument } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { useViewer } from "@/lib/viewer";
import { MANY } from "@/modules/scenarios/deeds/use-deeds";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { type Changes, changesOf, changesText } from "@/modules/scenarios/versions/changes-text";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import styles from "@/modules/scenarios/versions/versions.module.css";
import type { Pair } from "@/modules/scenarios/versions/versions-page";
import { Button, IconButton } from "@/ui/button";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";
import { type Column, Table } from "@/ui/table";

export type ListedVersion = ListedVersionFragment;

interface Props {
  readonly draft: Draft;
  readonly versions: readonly ListedVersion[];
  readonly onLook: (number: number) => void;
  readonly onCompare: (pair: Pair) => void;
  readonly onRevert: (number: number) => void;
}

/** The draft above, where it differs from what runs; below it every version, newest first. */
export function VersionList({ draft, versions, onLook, onCompare, onRevert }: Props) {
  const { scenario } = draft;
  const { locale, language } = useSurroundings();
  const say = useTexts(versionTexts);
  const runs = scenario.published?.number;
  const rows: readonly Row[] = [
    ...(runs !== undefined && scenario.hasUnpublishedChanges ? [{ draft: true as const, runs }] : []),
    ...versions,
  ];
  const underWay = (count: number) => {
    const text = plainNumber(count, locale);
    return count >= MANY ? say("orMore", { count: text }) : text;
  };
  const columns: readonly Column<Row>[] = [
    {
      key: "number",
      head: say("version"),
      names: true,
      cell: (row) =>
        "draft" in row ? (
          say("draft")
        ) : (
          <>
            {row.number} {row.number === runs && <Pill hue="success">{say("runsNow")}</Pill>}
          </>
        ),
    },
    {
      key: "at",
      head: say("at"),
      cell: (row) => <Moment at={"draft" in row ? scenario.updatedAt : row.publishedAt} />,
    },
    { key: "by", head: say("by"), cell: (row) => ("draft" in row ? scenario.updatedBy : row.publishedBy) },
    {
      key: "underWay",
      head: say("underWay"),
      align: "end",
      cell: (row) => ("draft" in row ? "" : underWay(row.underWay)),
    },
    {
      key: "changes",
      head: say("changes"),
      cell: (row) =>
        "draft" in row ? (
          <OfDraft draft={draft} runs={row.runs} />
        ) : row.changes ? (
          <Changed changes={row.changes} />
        ) : (
          say("first")
        ),
    },
    {
      key: "deeds",
      head: say("actions"),
      hideHead: true,
      align: "end",
      cell: (row) =>
        "draft" in row ? (
          <div className={styles.rowActions}>
            <Button
              size="small"
              icon={<GitCompareArrows size={14} aria-hidden />}
              aria-label={say("compareDraft", { number: row.runs })}
              onClick={() => onCompare({ from: row.runs, to: undefined })}
            >
              {say("compare")}
            </Button>
          </div>
        ) : (
          <Deeds version={row} versions={versions} draft={draft} {...{ onLook, onCompare, onRevert }} />
        ),
    },
  ];
  if (!versions.length) return <p>{say("none")}</p>;
  return (
    <Table
      caption={say("versions")}
      columns={columns}
      rows={rows}
      rowKey={(row) => ("draft" in row ? "draft" : String(row.number))}
      key={language}
    />
  );
}

type Row = ListedVersion | { readonly draft: true; readonly runs: number };

function Deeds({ version, versions, draft, onLook, onCompare, onRevert }: Props & { readonly version: ListedVersion }) {
  const say = useTexts(versionTexts);
  const viewer = useViewer();
  const { number } = version;
  const before = versions.find((one) => one.number < number)?.number;
  return (
    <div className={styles.rowActions}>
      <Button
        size="small"
        icon={<Eye size={14} aria-hidden />}
        aria-label={say("lookAt", { number })}
        onClick={() => onLook(number)}
      >
        {say("look")}
      </Button>
      {before !== undefined && (
        <Button
          size="small"
          icon={<GitCompareArrows size={14} aria-hidden />}
          aria-label={say("compareOf", { number })}
          onClick={() => onCompare({ from: before, to: number })}
        >
          {say("compare")}
        </Button>
      )}
      {draft.scenario.status !== "ARCHIVED" && (
        <IconButton
          icon={<RotateCcw size={14} aria-hidden />}
          label={say("revertOf", { number })}
          missing={viewer.missing("DEFINE")}
          onClick={() => onRevert(number)}
        />
      )}
    </div>
  );
}

function Changed({ changes }: { readonly changes: Changes }) {
  const { language } = useSurroundings();
  const say = useTexts(versionTexts);
  return changesText(changes, language) || say("same");
}

/** What the draft changes in the version that runs. */
function OfDraft({ draft, runs }: { readonly draft: Draft; readonly runs: number }) {
  const { scenario, unsaved } = draft;
  const say = useTexts(versionTexts);
  const { data } = useQuery(ScenarioDiffDocument, { id: scenario.id, from: runs, to: undefined });
  return (
    <>
      {data && <Changed changes={changesOf(data.customEventScenarioDiff)} />}
      {unsaved && <div className={styles.note}>{say("draftUnsaved")}</div>}
    </>
  );
}
