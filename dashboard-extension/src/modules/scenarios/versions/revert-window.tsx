import { ScenarioDiffDocument, ScenarioRevertDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { MANY } from "@/modules/scenarios/deeds/use-deeds";
import { isFlow } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { missingToPublish } from "@/modules/scenarios/editor/variables";
import { type Changes, changesOf, changesText } from "@/modules/scenarios/versions/changes-text";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import type { ListedVersion } from "@/modules/scenarios/versions/version-list";
import styles from "@/modules/scenarios/versions/versions.module.css";
import { Button } from "@/ui/button";
import { FailureNotice, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Props {
  readonly draft: Draft;
  readonly number: number;
  readonly versions: readonly ListedVersion[];
  readonly onClose: () => void;
  /** The draft is that version now. */
  readonly onReverted: () => void;
}

/** Asks before a version becomes the draft again: what that changes, and what becomes of what is under way. */
export function RevertWindow({ draft, number, versions, onClose, onReverted }: Props) {
  const say = useTexts(versionTexts);
  const ofAll = useTexts(common);
  const { scenario, unsaved } = draft;
  const query = useQuery(ScenarioDiffDocument, { id: scenario.id, from: number, to: undefined });
  const difference = query.data?.customEventScenarioDiff;
  const missing = useMissing(difference?.definitionBefore);
  const revert = useTask(async () => {
    const { id, revision } = scenario;
    const answer = await ask(ScenarioRevertDocument, { id, revision, version: number });
    const { scenario: now } = accepted(answer.customEventScenarioRevert);
    if (now) draft.replace(now);
    toast({ status: "success", title: say("reverted", { number }) });
    onReverted();
  });
  return (
    <Window
      title={say("revertTitle", { number })}
      width={600}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ofAll("cancel")}</Button>
          <Button
            variant={unsaved ? "error" : "primary"}
            busy={revert.busy}
            missing={missing}
            onClick={() => revert.run()}
            data-first
          >
            {say("revert")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{say("revertText", { number })}</p>
        {unsaved && <Notice kind="warning">{say("revertUnsaved")}</Notice>}
        {missing.length > 0 && <Notice kind="warning">{say("revertMissing", { codes: missing.join(", ") })}</Notice>}
        {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
        {difference && <Replaced changes={turned(changesOf(difference))} />}
        <Flying count={scenario.underWay} versions={versions} />
        <Refusals failure={revert.failure} />
      </div>
    </Window>
  );
}

/** The permissions that are missing: nobody brings back what they may not publish. */
function useMissing(definition: unknown): readonly string[] {
  const { actions } = useEditor();
  const viewer = useViewer();
  const define = viewer.missing("DEFINE");
  if (!viewer.known || !isFlow(definition)) return define;
  const needed = missingToPublish(definition, actions, viewer.permissions, viewer.missing("ALLOW_UNVERIFIED"));
  return [...new Set([...define, ...needed])];
}

/** What making it the draft changes in the draft as it was saved. */
function Replaced({ changes }: { readonly changes: Changes }) {
  const { language } = useSurroundings();
  const say = useTexts(versionTexts);
  const text = changesText(changes, language);
  return <p>{text ? say("revertReplaces", { changes: text }) : say("revertSame")}</p>;
}

/** The way back: what the draft has added is what goes. */
function turned(changes: Changes): Changes {
  return { ...changes, added: changes.removed, removed: changes.added };
}

/** What is under way, in which versions, and that it stays as it is. */
function Flying({ count, versions }: { readonly count: number; readonly versions: readonly ListedVersion[] }) {
  const { locale } = useSurroundings();
  const say = useTexts(versionTexts);
  if (!count) return <p>{say("flyingNone")}</p>;
  const running = versions.filter(({ underWay }) => underWay > 0);
  const text = (of: number) =>
    of >= MANY ? say("orMore", { count: plainNumber(of, locale) }) : plainNumber(of, locale);
  return (
    <>
      <p>{count >= MANY ? say("flyingMany", { count: plainNumber(MANY, locale) }) : say("flying", { count })}</p>
      <ul className={styles.steps}>
        {running.map(({ number, underWay }) => (
          <li key={number}>{say("flyingIn", { number, count: text(underWay) })}</li>
        ))}
      </ul>
      <p>{say("flyingKeeps")}</p>
    </>
  );
}

function Refusals({ failure }: { readonly failure: ReturnType<typeof useTask>["failure"] }) {
  const sentence = useRefusalText();
  if (!failure) return null;
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} />;
  return failure.refusals.map((refusal) => (
    <Notice key={`${refusal.field} ${refusal.code}`} kind="error">
      {sentence(refusal)}
    </Notice>
  ));
}
