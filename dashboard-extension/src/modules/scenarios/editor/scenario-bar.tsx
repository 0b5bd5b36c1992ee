import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import type { Draft, ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { useMissingToPublish } from "@/modules/scenarios/editor/use-missing";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { SAVE } from "@/modules/scenarios/publishing/mend-list";
import { PublishWindow } from "@/modules/scenarios/publishing/publish-window";
import { Button } from "@/ui/button";
import { FailureNotice, Notice } from "@/ui/notice";
import { SaveBar } from "@/ui/page";

/**
 * The bar below: test, save, publish, and why that did not work. What was saved is said in the bar and not as a message
 * of the dashboard's: that would lie on these very buttons, for as long as the pointer is on one of them.
 */
export function ScenarioBar({ draft }: { readonly draft: Draft }) {
  const { scenario, unsaved, save } = draft;
  const say = useTexts(editorTexts);
  const viewer = useViewer();
  const { setMode } = useOverlay();
  const missing = useMissingToPublish();
  const [publishing, setPublishing] = useState<ScenarioDetails>();
  const prepare = usePreparing(draft, setPublishing);
  const { settle } = useEditor();
  const publish = () => {
    settle();
    prepare.run();
  };
  if (scenario.status === "ARCHIVED" || draft.isForeign) return null;
  const test = () => {
    setMode("test");
    // Where it is open already; else it takes the focus when it has come.
    document.getElementById("test-panel")?.focus();
  };
  const closePublishing = () => setPublishing(undefined);
  return (
    <>
      <SaveBar start={<BarStart draft={draft} />}>
        <Button icon={<FlaskConical size={16} aria-hidden />} onClick={test}>
          {say("test")}
        </Button>
        <Button
          id={SAVE}
          busy={save.busy}
          missing={viewer.missing("DEFINE")}
          disabled={!unsaved}
          onClick={() => {
            settle();
            save.run();
          }}
        >
          {say("saveDraft")}
        </Button>
        <Button variant="primary" busy={prepare.busy} missing={missing} onClick={publish}>
          {say("publish")}
        </Button>
      </SaveBar>
      {publishing && (
        <PublishWindow
          scenario={publishing}
          missing={missing}
          onClose={closePublishing}
          onPublished={(now) => {
            closePublishing();
            draft.refresh(() => now);
          }}
          onConflict={async () => {
            closePublishing();
            draft.meet(await draft.newest.run());
          }}
        />
      )}
    </>
  );
}

/** Publishing begins with saving, and asks only about what could be published. */
function usePreparing(draft: Draft, onReady: (scenario: ScenarioDetails) => void) {
  return useTask(async () => {
    const now = draft.unsaved ? await draft.save.run() : await draft.newest.run();
    if (!now) return;
    if (!draft.unsaved && now.revision !== draft.scenario.revision) return draft.meet(now);
    draft.refresh(() => now);
    if (!now.check.problems.length) return onReady(now);
    requestAnimationFrame(() => document.getElementById("to-mend")?.focus());
  });
}

function BarStart({ draft }: { readonly draft: Draft }) {
  const say = useTexts(editorTexts);
  const sentence = useRefusalText();
  const failure = draft.save.failure ?? draft.newest.failure;
  if (failure instanceof Refused) {
    const told = failure.refusals.filter(({ code }) => code !== "CONFLICT");
    if (told.length)
      return told.map((refusal) => (
        <Notice key={`${refusal.field} ${refusal.code}`} kind="error">
          {sentence(refusal)}
        </Notice>
      ));
  } else if (failure) return <FailureNotice failure={failure} />;
  return (
    <span className={styles.note} role="status">
      {say(draft.unsaved ? "unsaved" : "saved")}
    </span>
  );
}
