import { useEffect, useMemo, useRef } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import page from "@/modules/scenarios/editor/page.module.css";
import { PartPanel } from "@/modules/scenarios/editor/part-panel";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { tallyOverlay, triedOverlay } from "@/modules/scenarios/testing/marks";
import { testTexts } from "@/modules/scenarios/testing/messages";
import { type Session, useSession } from "@/modules/scenarios/testing/session";
import { TallyView } from "@/modules/scenarios/testing/tally-view";
import styles from "@/modules/scenarios/testing/testing.module.css";
import { TrialForm } from "@/modules/scenarios/testing/trial-form";
import { TrialProblems } from "@/modules/scenarios/testing/trial-problems";
import { type Choosing, useChoosing } from "@/modules/scenarios/testing/use-choosing";
import { seesCustomers, type Testing, useTesting } from "@/modules/scenarios/testing/use-testing";
import { WayThrough } from "@/modules/scenarios/testing/way-through";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/fields";
import { FailureNotice, Notice } from "@/ui/notice";
import { Segments } from "@/ui/segments";

type Problems = Session["problems"]["one"];

/** The bar leads here by it. */
const PANEL = "test-panel";

/** Tries what stands on the page, beside the flow; where it goes lights up there. */
export default function TestPanel({ draft }: { readonly draft: Draft }) {
  const { email } = useSurroundings();
  const say = useTexts(testTexts);
  const [session, change] = useSession(draft.scenario.id, email);
  const testing = useTesting(draft.scenario.id, session, change);
  const choosing = useChoosing(session, change);
  useLaid(session, choosing);
  const side = useFocusFromBar();
  const { editing, stopEditing } = choosing;
  return (
    <aside ref={side} id={PANEL} tabIndex={-1} className={page.side} aria-label={say("title")}>
      {editing !== undefined && (
        <PartPanel key={`${editing} ${draft.generation}`} part={editing} onClose={stopEditing} />
      )}
      <section className={panels.panel} aria-label={say("given")}>
        <h2 className={panels.panelTitle}>{say("title")}</h2>
        <Given {...{ draft, session, change, testing, choosing }} />
      </section>
      <div aria-live="polite" className={styles.stack}>
        {testing.task.failure && <FailureNotice failure={testing.task.failure} onRetry={() => testing.run()} />}
        <TrialProblems problems={elsewhere(session.problems[session.kind], editing)} event={testing.event} />
        {testing.isOutOfDate && <Notice kind="warning">{say("outOfDate")}</Notice>}
      </div>
      {session.kind === "one" && session.one && (
        <WayThrough outcome={session.one} {...{ session, change, testing, choosing }} />
      )}
      {session.kind === "many" && session.many && (
        <TallyView outcome={session.many} asked={session.last} {...{ session, choosing }} />
      )}
    </aside>
  );
}

/** Without those of the part whose form is here: it says them at their fields. */
function elsewhere({ draft, occurrence }: Problems, editing: string | undefined): Problems {
  return { draft: editing === undefined ? draft : draft.filter(({ part }) => part !== editing), occurrence };
}

interface GivenProps {
  readonly draft: Draft;
  readonly session: Session;
  readonly change: ReturnType<typeof useSession>[1];
  readonly testing: Testing;
  readonly choosing: Choosing;
}

/** What it is tested with, which folds away once something is shown, and the button that tests. */
function Given({ draft, session, change, testing, choosing }: GivenProps) {
  const say = useTexts(testTexts);
  const { kind, isAuto, isOpen } = session;
  const missing = useViewer().missing("TEST_WITH_OCCURRENCE");
  const isArchived = draft.scenario.status === "ARCHIVED";
  const run = async () => {
    await testing.run();
    // Its own effect folds it: where it was refused the fields are what is looked at.
    change((now) => ({ ...now, isOpen: now.isOpen && now[kind] === undefined }));
    choosing.reveal();
  };
  return (
    <div className={styles.stack}>
      <p className={styles.muted}>{say("nothingReal")}</p>
      <Segments
        name="test-kind"
        label={say("kind")}
        value={kind}
        segments={[
          { value: "one", label: say("one") },
          { value: "many", label: say("many") },
        ]}
        onChange={(chosen) => change((now) => ({ ...now, kind: chosen, part: undefined, visit: undefined }))}
      />
      <details
        open={isOpen}
        onToggle={({ currentTarget: { open } }) => change((now) => ({ ...now, isOpen: open }))}
        className={styles.given}
      >
        <summary>{say("given")}</summary>
        <TrialForm session={session} change={change} testing={testing} />
      </details>
      <div className={styles.run}>
        <Button
          variant="primary"
          busy={testing.task.busy}
          missing={seesCustomers(kind, session.trial) ? missing : []}
          disabled={!testing.canRun || isArchived}
          onClick={run}
        >
          {say(session[kind] ? "again" : "run")}
        </Button>
        {testing.task.busy && <span className={styles.muted}>{say("busy")}</span>}
      </div>
      {kind === "one" && (
        <Checkbox
          label={say("auto")}
          help={say("autoHelp")}
          checked={isAuto}
          onChange={(checked) => change((now) => ({ ...now, isAuto: checked }))}
        />
      )}
    </div>
  );
}

/** Lays what is shown over the flow. */
function useLaid({ kind, one, many, part }: Session, { choose }: Choosing) {
  const { language, locale } = useSurroundings();
  const { setOverlay } = useOverlay();
  const latest = useRef(choose);
  latest.current = choose;
  const laid = useMemo(() => {
    const words = {
      language,
      locale,
      onChoose: (of: string, visit?: number) => latest.current(of, visit),
    };
    if (kind === "one") return one && triedOverlay(one.result, one.flow, words);
    return many && tallyOverlay(many.result, many.flow, words);
  }, [kind, one, many, language, locale]);
  useEffect(() => setOverlay(laid && { ...laid, current: part }), [laid, part, setOverlay]);
}

/** Whoever came by the bar's button goes on here; whoever goes through the modes by keys stays there. */
function useFocusFromBar() {
  const side = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement instanceof HTMLButtonElement) side.current?.focus({ preventScroll: true });
  }, []);
  return side;
}
