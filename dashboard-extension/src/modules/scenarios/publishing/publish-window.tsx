import { lazy, Suspense } from "react";
import { ScenarioPublishDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { MANY } from "@/modules/scenarios/deeds/use-deeds";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { WarningList } from "@/modules/scenarios/publishing/mend-list";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import styles from "@/modules/scenarios/publishing/publishing.module.css";
import { Button } from "@/ui/button";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

const Comparison = lazy(async () => ({
  default: (await import("@/modules/scenarios/versions/comparison")).Comparison,
}));

interface Props {
  /** As it was just saved: what is asked about is what will be published. */
  readonly scenario: ScenarioDetails;
  readonly missing: readonly string[];
  readonly onClose: () => void;
  readonly onPublished: (scenario: ScenarioDetails) => void;
  /** A colleague has saved meanwhile. */
  readonly onConflict: () => void;
}

/** Asks before a draft becomes what runs: what to know of it, and what becomes of what is under way. */
export function PublishWindow({ scenario, missing, onClose, onPublished, onConflict }: Props) {
  const say = useTexts(publishTexts);
  const ofAll = useTexts(common);
  const sentence = useRefusalText();
  const runs = scenario.published?.number;
  const next = (runs ?? 0) + 1;
  const publish = useTask(async () => {
    const { id, revision } = scenario;
    const answer = (await ask(ScenarioPublishDocument, { id, revision })).customEventScenarioPublish;
    if (answer?.errors.some(({ code }) => code === "CONFLICT")) return onConflict();
    const { scenario: now } = accepted(answer);
    toast({
      status: "success",
      title: say("published", { version: now?.published?.number ?? next, name: scenario.name }),
    });
    if (now) onPublished(now);
  });
  const { warnings } = scenario.check;
  const { failure } = publish;
  return (
    <Window
      title={say("publishTitle", { name: scenario.name })}
      width={runs === undefined ? 600 : 960}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ofAll("cancel")}</Button>
          <Button variant="primary" busy={publish.busy} missing={missing} onClick={() => publish.run()} data-first>
            {say("publish")}
          </Button>
        </>
      }
    >
      <p>{scenario.published ? say("publishAgain", { version: next }) : say("publishFirst")}</p>
      {scenario.status === "PAUSED" && <p>{say("publishPaused")}</p>}
      <UnderWay count={scenario.underWay} />
      {warnings.length > 0 ? (
        <Notice kind="warning" title={say("worthKnowing")}>
          <WarningList warnings={warnings} onLead={onClose} />
        </Notice>
      ) : (
        <p>{say("noWarnings")}</p>
      )}
      {runs !== undefined && (
        <section aria-label={say("differsFromRuns", { number: runs })}>
          <h3 className={styles.panelTitle}>{say("differsFromRuns", { number: runs })}</h3>
          <Suspense fallback={<Loading />}>
            <Comparison scenario={scenario.id} from={runs} to={undefined} revision={scenario.revision} />
          </Suspense>
        </section>
      )}
      {failure instanceof Refused
        ? failure.refusals.map((refusal) => (
            <Notice key={`${refusal.field} ${refusal.code}`} kind="error">
              {sentence(refusal)}
            </Notice>
          ))
        : failure && <FailureNotice failure={failure} />}
    </Window>
  );
}

function UnderWay({ count }: { readonly count: number }) {
  const say = useTexts(publishTexts);
  if (!count) return null;
  return <p>{count >= MANY ? say("keepTheirsMany", { count: MANY }) : say("keepTheirs", { count })}</p>;
}
