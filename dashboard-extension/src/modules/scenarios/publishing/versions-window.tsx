import { ScenarioRevertDocument, ScenarioVersionsDocument, type ScenarioVersionsQuery } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { Moment } from "@/ui/moment";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { Pill } from "@/ui/pill";
import { type Column, Table } from "@/ui/table";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

type Version = NonNullable<ScenarioVersionsQuery["customEventScenario"]>["versions"][number];

/** What was published when and by whom; each can be made the draft again. */
export function VersionsWindow({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const { scenario } = draft;
  const say = useTexts(publishTexts);
  const ofAll = useTexts(common);
  const query = useQuery(ScenarioVersionsDocument, { number: scenario.number });
  const versions = query.data?.customEventScenario?.versions;
  const revert = useRevert(draft, onClose);
  const columns: readonly Column<Version>[] = [
    {
      key: "number",
      head: say("version"),
      names: true,
      cell: (version) => (
        <>
          {version.number}{" "}
          {version.number === scenario.published?.number && <Pill hue="success">{say("runsNow")}</Pill>}
        </>
      ),
    },
    { key: "at", head: say("publishedAt"), cell: (version) => <Moment at={version.publishedAt} /> },
    { key: "by", head: say("publishedBy"), cell: (version) => version.publishedBy },
    {
      key: "revert",
      head: say("actions"),
      hideHead: true,
      align: "end",
      cell: (version) => <Revert version={version} draft={draft} revert={revert} />,
    },
  ];
  return (
    <Window
      title={say("versionsTitle")}
      width={720}
      onClose={onClose}
      footer={<Button onClick={onClose}>{ofAll("close")}</Button>}
    >
      {query.loading && !versions && <Loading />}
      {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
      <RevertFailure revert={revert} />
      {versions?.length === 0 && <p>{say("noVersions")}</p>}
      {versions && versions.length > 0 && (
        <Table
          caption={say("versionsTitle")}
          columns={columns}
          rows={versions}
          rowKey={(version) => String(version.number)}
        />
      )}
    </Window>
  );
}

function useRevert({ scenario, replace }: Draft, onClose: () => void) {
  const say = useTexts(publishTexts);
  return useTask(async (version: number) => {
    const { id, revision } = scenario;
    const answer = await ask(ScenarioRevertDocument, { id, revision, version });
    const { scenario: now } = accepted(answer.customEventScenarioRevert);
    if (now) replace(now);
    toast({ status: "success", title: say("reverted", { number: version }) });
    onClose();
  });
}

interface RevertProps {
  readonly version: Version;
  readonly draft: Draft;
  readonly revert: ReturnType<typeof useRevert>;
}

function Revert({ version, draft, revert }: RevertProps) {
  const say = useTexts(publishTexts);
  const viewer = useViewer();
  const confirm = useConfirm();
  const { number } = version;
  const ask = async () => {
    const text = (
      <>
        <p>{say("revertText", { number })}</p>
        {draft.unsaved && <p>{say("revertUnsaved")}</p>}
      </>
    );
    if (await confirm({ title: say("revertTitle", { number }), text, yes: say("revert"), critical: draft.unsaved }))
      revert.run(number);
  };
  if (draft.scenario.status === "ARCHIVED") return null;
  return (
    <Button
      size="small"
      aria-label={say("revertOf", { number })}
      busy={revert.busy}
      missing={viewer.missing("DEFINE")}
      onClick={ask}
    >
      {say("revert")}
    </Button>
  );
}

function RevertFailure({ revert }: Pick<RevertProps, "revert">) {
  const sentence = useRefusalText();
  const { failure } = revert;
  if (!failure) return null;
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} />;
  return failure.refusals.map((refusal) => (
    <Notice key={`${refusal.field} ${refusal.code}`} kind="error">
      {sentence(refusal)}
    </Notice>
  ));
}
