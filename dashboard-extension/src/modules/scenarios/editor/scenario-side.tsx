import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { MANY } from "@/modules/scenarios/deeds/use-deeds";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import type { Draft, ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { listTexts } from "@/modules/scenarios/list/messages";
import { MendList, WarningList } from "@/modules/scenarios/publishing/mend-list";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import { adviceOf } from "@/modules/scenarios/publishing/obstacles";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { Moment } from "@/ui/moment";

/** Beside the flow: what is to be mended, what is worth knowing, and how the scenario stands. */
export function ScenarioSide({ draft }: { readonly draft: Draft }) {
  const { scenario, unsaved, isForeign } = draft;
  const say = useTexts(editorTexts);
  const ofPublishing = useTexts(publishTexts);
  const warnings = adviceOf(draft.check.warnings);
  const isArchived = scenario.status === "ARCHIVED";
  return (
    <aside className={styles.side} aria-label={say("overview")}>
      {!isArchived && !isForeign && <MendList unsaved={unsaved} />}
      {!isArchived && warnings.length > 0 && (
        <section className={panels.panel} aria-label={ofPublishing("worthKnowing")}>
          <h2 className={panels.panelTitle}>{ofPublishing("worthKnowing")}</h2>
          <WarningList warnings={warnings} />
        </section>
      )}
      <section className={panels.panel} aria-label={say("overview")}>
        <h2 className={panels.panelTitle}>{say("overview")}</h2>
        <Overview scenario={scenario} />
      </section>
    </aside>
  );
}

function Overview({ scenario }: { readonly scenario: ScenarioDetails }) {
  const { locale } = useSurroundings();
  const say = useTexts(editorTexts);
  const ofList = useTexts(listTexts);
  const count = plainNumber(scenario.underWay, locale);
  const { published } = scenario;
  return (
    <dl className={panels.facts}>
      <dt>{say("underWay")}</dt>
      <dd>{scenario.underWay >= MANY ? ofList("orMore", { count }) : count}</dd>
      <dt>{ofList("published")}</dt>
      <dd>
        {published ? (
          <>
            {ofList("version", { number: published.number })}, <Moment at={published.publishedAt} as="relative" />
            <br />
            {say("by", { name: published.publishedBy })}
          </>
        ) : (
          ofList("never")
        )}
      </dd>
      <dt>{say("lastSaved")}</dt>
      <dd>
        <Moment at={scenario.updatedAt} as="relative" />
        <br />
        {say("by", { name: scenario.updatedBy })}
      </dd>
    </dl>
  );
}
