import { useState } from "react";
import {
  type CustomEventReplayStatusEnum,
  ReplayStopDocument,
  ReplaysDocument,
  type ReplaysQuery,
} from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { Moment } from "@/ui/moment";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { type Hue, Pill } from "@/ui/pill";
import { LeftOut } from "./left-out";
import { replaying, replayStatuses } from "./messages";
import styles from "./replay.module.css";

type Replay = ReplaysQuery["customEventReplays"][number];

/** Milliseconds between two looks, while one is under way and otherwise. */
const SOON = 2_000;
const LATER = 15_000;
const HUES: Readonly<Record<CustomEventReplayStatusEnum, Hue>> = {
  RUNNING: "info",
  STOPPED: "warning",
  DONE: "success",
};

/** The latest replays: what, by whom, how far. */
export function ReplaysList() {
  const say = useTexts(replaying);
  const [every, setEvery] = useState(SOON);
  const { data, failure, reload } = useQuery(ReplaysDocument, {}, { every });
  const replays = data?.customEventReplays;
  const wanted = replays?.some(({ status }) => status === "RUNNING") ? SOON : LATER;
  if (replays && every !== wanted) setEvery(wanted);
  return (
    <>
      {failure && <FailureNotice failure={failure} onRetry={reload} />}
      {!replays && !failure && <Loading />}
      {replays?.length === 0 && <Empty title={say("noneYet")}>{say("noneYetText")}</Empty>}
      {replays && replays.length > 0 && (
        <ul className={styles.replays} aria-label={say("last")}>
          {replays.map((replay) => (
            <li key={replay.number} className={styles.replay}>
              <Entry replay={replay} onStopped={reload} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ replay, onStopped }: { readonly replay: Replay; readonly onStopped: () => void }) {
  const say = useTexts(replaying);
  const sayStatus = useTexts(replayStatuses);
  const { event, scenario, version } = replay;
  const whose = [
    event && say("ofEvent", { number: event.number, name: event.name }),
    scenario && say("ofScenario", { number: scenario.number, name: scenario.name }),
    say(version),
  ].filter(Boolean);
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.small}>{say("replay", { number: replay.number })}</h3>
        <Pill hue={HUES[replay.status]}>{sayStatus(replay.status)}</Pill>
        {replay.status === "RUNNING" && <Stop number={replay.number} onStopped={onStopped} />}
      </div>
      <div>{whose.join(" · ")}</div>
      <Progress replay={replay} />
      {replay.leftOut.length > 0 && <LeftOut counts={replay.leftOut} />}
      <div className={styles.faint}>
        {say("begunBy", { who: replay.createdBy })}, <Moment at={replay.createdAt} />
        {replay.stoppedBy && ` · ${say("stoppedBy", { who: replay.stoppedBy })}`}
      </div>
    </>
  );
}

function Progress({ replay }: { readonly replay: Replay }) {
  const say = useTexts(replaying);
  const { locale } = useSurroundings();
  const { total, made, leftOut } = replay;
  const left = leftOut.reduce((sum, one) => sum + one.count, 0);
  const text = say("progress", {
    count: total,
    number: plainNumber(total, locale),
    made: plainNumber(made, locale),
  });
  return (
    <div>
      <progress max={total} value={made + left} aria-label={say("replay", { number: replay.number })} />
      <div>
        {text}
        {left > 0 && `, ${say("leftOutSoFar", { number: plainNumber(left, locale) })}`}
      </div>
    </div>
  );
}

function Stop({ number, onStopped }: { readonly number: string; readonly onStopped: () => void }) {
  const say = useTexts(replaying);
  const confirm = useConfirm();
  const missing = useViewer().missing("CONTROL_INVOCATIONS");
  const task = useTask(async () => {
    const isSure = await confirm({
      title: say("stopTitle", { number }),
      text: say("stopText"),
      yes: say("stop"),
      no: say("stopNo"),
      critical: true,
    });
    if (!isSure) return;
    const error = (await ask(ReplayStopDocument, { number })).customEventReplayStop?.errors[0];
    if (error && error.code !== "WRONG_STATUS") throw new Failure("refused", error.code, error.message);
    toast({ status: error ? "info" : "success", title: error ? say("tooLate") : say("stopped", { number }) });
    onStopped();
  });
  return (
    <>
      <Button
        size="small"
        aria-label={say("stopOf", { number })}
        missing={missing}
        busy={task.busy}
        onClick={() => task.run()}
      >
        {say("stop")}
      </Button>
      {task.failure && <FailureNotice failure={task.failure} />}
    </>
  );
}
