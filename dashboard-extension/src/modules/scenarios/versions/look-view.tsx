import { GitCompareArrows, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { ScenarioDiffDocument, VersionLookedAtDocument, type VersionLookedAtQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { useViewer } from "@/lib/viewer";
import { MANY } from "@/modules/scenarios/deeds/use-deeds";
import { isFlow } from "@/modules/scenarios/definition";
import { Columns } from "@/modules/scenarios/editor/columns";
import { EditorProvider, useEditor } from "@/modules/scenarios/editor/editor-context";
import { frozenDraft } from "@/modules/scenarios/editor/frozen-draft";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { OverlayProvider, useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { changesText } from "@/modules/scenarios/versions/changes-text";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import { versionMarks } from "@/modules/scenarios/versions/version-marks";
import styles from "@/modules/scenarios/versions/versions.module.css";
import type { Pair } from "@/modules/scenarios/versions/versions-page";
import { ViewHeading } from "@/modules/scenarios/versions/view-heading";
import { Button } from "@/ui/button";
import { CodeBlock } from "@/ui/copy";
import { Checkbox } from "@/ui/fields";
import { Moment } from "@/ui/moment";
import { FailureNotice, Loading, Notice } from "@/ui/notice";

interface Props {
  readonly draft: Draft;
  readonly number: number;
  readonly onCompare: (pair: Pair) => void;
  readonly onRevert: (number: number) => void;
}

type Version = NonNullable<NonNullable<VersionLookedAtQuery["customEventScenario"]>["version"]>;

/** A version as picture and as list, which cannot be changed. */
export function LookView({ draft, number, ...deeds }: Props) {
  const { scenario } = draft;
  const { actions } = useEditor();
  const say = useTexts(versionTexts);
  const query = useQuery(VersionLookedAtDocument, { number: scenario.number, version: number });
  const version = query.data?.customEventScenario?.version;
  if (query.failure) return <FailureNotice failure={query.failure} onRetry={query.reload} />;
  if (!version) return query.loading ? <Loading /> : <Notice kind="warning">{say("missing", { number })}</Notice>;
  const { definition } = version;
  const side = <VersionSide draft={draft} version={version} {...deeds} />;
  return (
    <OverlayProvider>
      <div className={styles.looking}>
        <ViewHeading>{say("lookTitle", { number })}</ViewHeading>
        <p className={styles.note}>{say("readOnly", { number })}</p>
      </div>
      {isFlow(definition) ? (
        <EditorProvider draft={frozenDraft(scenario, definition)} actions={actions} readOnly>
          <Columns generation={0} hasModes={false} side={side} />
        </EditorProvider>
      ) : (
        <div className={styles.block}>
          <Notice kind="info">{say("foreign")}</Notice>
          <CodeBlock code={JSON.stringify(definition, null, 2)} label={say("code", { number })} />
          {side}
        </div>
      )}
    </OverlayProvider>
  );
}

interface SideProps extends Omit<Props, "number"> {
  readonly version: Version;
}

/** Beside it: whose it is, what runs in it, what it changed, and what can be done with it. */
function VersionSide({ draft, version, onCompare, onRevert }: SideProps) {
  const { number, publishedAt, publishedBy, underWay, changes } = version;
  const { locale, language } = useSurroundings();
  const say = useTexts(versionTexts);
  const viewer = useViewer();
  const count = plainNumber(underWay, locale);
  const { scenario } = draft;
  return (
    <aside className={styles.side} aria-label={say("lookTitle", { number })}>
      <section className={styles.panel}>
        <dl className={styles.facts}>
          <dt>{say("at")}</dt>
          <dd>
            <Moment at={publishedAt} />
          </dd>
          <dt>{say("by")}</dt>
          <dd>{publishedBy}</dd>
          <dt>{say("underWay")}</dt>
          <dd>{underWay >= MANY ? say("orMore", { count }) : count}</dd>
          <dt>{say("changes")}</dt>
          <dd>{changes ? changesText(changes, language) || say("same") : say("first")}</dd>
        </dl>
        {number > 1 && <Marking scenario={scenario.id} number={number} />}
        <div className={styles.deeds}>
          {number > 1 && (
            <Button
              size="small"
              icon={<GitCompareArrows size={14} aria-hidden />}
              aria-label={say("compareOf", { number })}
              onClick={() => onCompare({ from: number - 1, to: number })}
            >
              {say("compare")}
            </Button>
          )}
          {scenario.status !== "ARCHIVED" && (
            <Button
              size="small"
              icon={<RotateCcw size={14} aria-hidden />}
              missing={viewer.missing("DEFINE")}
              onClick={() => onRevert(number)}
            >
              {say("revert")}
            </Button>
          )}
        </div>
      </section>
    </aside>
  );
}

/** Marks on the parts that this version changed in the one before. */
function Marking({ scenario, number }: { readonly scenario: string; readonly number: number }) {
  const { language } = useSurroundings();
  const { setOverlay } = useOverlay();
  const say = useTexts(versionTexts);
  const [isOn, setOn] = useState(true);
  const { data } = useQuery(ScenarioDiffDocument, { id: scenario, from: number - 1, to: number });
  const difference = data?.customEventScenarioDiff;
  const gone = difference?.steps.filter(({ told }) => told === "REMOVED").length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: laying an overlay makes another `setOverlay`
  useEffect(() => {
    setOverlay(difference && isOn ? versionMarks(difference, language) : undefined);
  }, [difference, isOn, language]);
  return (
    <>
      <Checkbox label={say("mark", { number: number - 1 })} checked={isOn} onChange={setOn} />
      {gone > 0 && <p className={styles.note}>{say("goneSteps", { count: gone, number: number - 1 })}</p>}
    </>
  );
}
