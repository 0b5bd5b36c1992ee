import { useMemo, useState } from "react";
import { ScenarioDiffDocument } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { changesOf, changesText } from "@/modules/scenarios/versions/changes-text";
import { ComparisonTable } from "@/modules/scenarios/versions/comparison-table";
import { KnowEvents } from "@/modules/scenarios/versions/know-events";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import { type Difference, type SideBySide, sideBySide } from "@/modules/scenarios/versions/side-by-side";
import styles from "@/modules/scenarios/versions/versions.module.css";
import { Checkbox } from "@/ui/fields";
import { FailureNotice, Loading } from "@/ui/notice";

interface Props {
  /** The scenario's global id. */
  readonly scenario: string;
  /** Versions by their numbers; `to` undefined: the saved draft. */
  readonly from: number;
  readonly to: number | undefined;
  /** Grows with every saved draft: what is compared has changed. */
  readonly revision: number;
}

/** What a version is called: `Version 3`, `Draft`. */
export function useVersionName(): (number: number | undefined) => string {
  const say = useTexts(versionTexts);
  return (number) => (number === undefined ? say("draft") : say("versionNumber", { number }));
}

/** Two versions side by side: left before, right after. */
export function Comparison({ scenario, from, to, revision }: Props) {
  // A draft that was saved meanwhile is another one.
  return <Asked key={`${from} ${to} ${revision}`} {...{ scenario, from, to }} />;
}

function Asked({ scenario, from, to }: Omit<Props, "revision">) {
  const query = useQuery(ScenarioDiffDocument, { id: scenario, from, to });
  const difference = query.data?.customEventScenarioDiff;
  if (query.failure) return <FailureNotice failure={query.failure} onRetry={query.reload} />;
  if (!difference) return <Loading />;
  return <Told difference={difference} from={from} to={to} />;
}

function Told({ difference, from, to }: { readonly difference: Difference } & Pick<Props, "from" | "to">) {
  const { actions, events } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(versionTexts);
  const name = useVersionName();
  const [showsAll, setShowsAll] = useState(false);
  const found = useMemo(
    () => sideBySide(difference, { language, actions, eventName: (number) => events.get(number)?.name }),
    [difference, language, actions, events],
  );
  const changes = changesText(changesOf(difference), language);
  const names = { before: name(from), after: name(to) };
  return (
    <div className={styles.comparison}>
      <KnowEvents definitions={[difference.definitionBefore, difference.definitionAfter]} />
      <div className={styles.told}>
        <p role="status">
          {changes || difference.members.length
            ? say("differs", { ...names, changes: changes || say("others") })
            : say("noDifference")}
        </p>
        {hasSame(found) && <Checkbox label={say("showUnchanged")} checked={showsAll} onChange={setShowsAll} />}
      </div>
      <ComparisonTable found={found} names={names} showsAll={showsAll} />
    </div>
  );
}

function hasSame({ starts, steps, exits }: SideBySide): boolean {
  return [...starts, ...steps, ...exits].some(({ told }) => told === "SAME");
}
