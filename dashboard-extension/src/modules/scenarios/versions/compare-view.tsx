import { ArrowLeftRight, RotateCcw } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { Comparison, useVersionName } from "@/modules/scenarios/versions/comparison";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import type { ListedVersion } from "@/modules/scenarios/versions/version-list";
import styles from "@/modules/scenarios/versions/versions.module.css";
import type { Pair } from "@/modules/scenarios/versions/versions-page";
import { ViewHeading } from "@/modules/scenarios/versions/view-heading";
import { Button, IconButton } from "@/ui/button";
import { SelectField } from "@/ui/fields";

/** How a list names the draft, which has no number. */
const DRAFT = "draft";

interface Props {
  readonly draft: Draft;
  readonly versions: readonly ListedVersion[];
  readonly pair: Pair;
  readonly onPair: (pair: Pair) => void;
  readonly onRevert: (number: number) => void;
}

/** Any two versions, or one with the draft. */
export function CompareView({ draft, versions, pair, onPair, onRevert }: Props) {
  const { scenario, unsaved } = draft;
  const say = useTexts(versionTexts);
  const name = useVersionName();
  const viewer = useViewer();
  const numbered = versions.map(({ number }) => ({ value: String(number), label: name(number) }));
  const { from, to } = pair;
  return (
    <div className={styles.block}>
      <ViewHeading>{say("compareTitle")}</ViewHeading>
      <div className={styles.choice}>
        <SelectField
          label={say("before")}
          value={String(from)}
          options={numbered}
          onChange={(chosen) => onPair({ from: Number(chosen), to })}
        />
        <IconButton
          icon={<ArrowLeftRight size={16} aria-hidden />}
          label={say("swap")}
          // The draft is what comes of a version: nothing is compared the other way round.
          disabled={to === undefined}
          onClick={() => to !== undefined && onPair({ from: to, to: from })}
        />
        <SelectField
          label={say("after")}
          value={to === undefined ? DRAFT : String(to)}
          options={[{ value: DRAFT, label: name(undefined) }, ...numbered]}
          onChange={(chosen) => onPair({ from, to: chosen === DRAFT ? undefined : Number(chosen) })}
        />
        {scenario.status !== "ARCHIVED" && (
          <Button
            icon={<RotateCcw size={14} aria-hidden />}
            missing={viewer.missing("DEFINE")}
            onClick={() => onRevert(from)}
          >
            {say("revertOf", { number: from })}
          </Button>
        )}
      </div>
      {to === undefined && unsaved && (
        <p className={styles.note}>
          {say("draft")}: {say("draftUnsaved")}
        </p>
      )}
      <Comparison scenario={scenario.id} from={from} to={to} revision={scenario.revision} />
    </div>
  );
}
