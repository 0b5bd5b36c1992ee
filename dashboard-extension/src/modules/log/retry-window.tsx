import { useState } from "react";
import { LogRetryDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { retrying } from "@/modules/log/details-texts/messages";
import type { LogState } from "@/modules/log/filters";
import { firstWay, isOpen, WAYS, type Way } from "@/modules/log/retry";
import type { Invocation } from "@/modules/log/timeline";
import { Button } from "@/ui/button";
import { type Choice, Choices } from "@/ui/choices";
import { FailureNotice, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Props {
  readonly row: Invocation;
  readonly state: LogState;
  readonly onClose: () => void;
  /** The same row goes on. */
  readonly onResumed: () => void;
}

/** Choose how an invocation is run again, told what then happens once more; shows the row that runs afterwards. */
export function RetryWindow({ row, state, onClose, onResumed }: Props) {
  const say = useTexts(retrying);
  const sayCommon = useTexts(common);
  const [way, setWay] = useState(firstWay(row));
  const { task, problem } = useRetry(row, state, onClose, onResumed);
  const choices = useChoices(row);
  return (
    <Window
      title={say("title", { number: row.number })}
      width={600}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{sayCommon("cancel")}</Button>
          <Button variant="primary" busy={task.busy} disabled={!way} onClick={() => way && task.run(way)}>
            {say("yes")}
          </Button>
        </>
      }
    >
      <Choices label={say("how")} value={way} choices={choices} onChange={setWay} />
      {problem && <Notice kind="error">{problem}</Notice>}
      {task.failure && <FailureNotice failure={task.failure} />}
    </Window>
  );
}

function useChoices(row: Invocation): readonly Choice<Way>[] {
  const say = useTexts(retrying);
  const current = row.scenario?.published?.number;
  return [
    {
      value: "failedStep",
      label: say("failedStep", { version: row.version ?? "" }),
      help: isOpen("failedStep", row) ? say("failedStepText") : say("NOTHING_FAILED"),
      disabled: !isOpen("failedStep", row),
    },
    {
      value: "original",
      label: say("original", { version: row.version ?? "" }),
      help: isOpen("original", row) ? say("originalText") : say("UNREADABLE"),
      disabled: !isOpen("original", row),
    },
    {
      value: "current",
      label: current === undefined ? say("noCurrent") : say("current", { version: current }),
      help: isOpen("current", row) ? say("currentText") : say(current === undefined ? "NOT_PUBLISHED" : "UNREADABLE"),
      disabled: !isOpen("current", row),
    },
  ];
}

function useRetry(row: Invocation, state: LogState, onClose: () => void, onResumed: () => void) {
  const say = useTexts(retrying);
  const go = useGo();
  const [problem, setProblem] = useState<string>();
  const task = useTask(async (way: Way) => {
    setProblem(undefined);
    const { customEventInvocationRetry: answer } = await ask(LogRetryDocument, { id: row.id, ...WAYS[way] });
    const error = answer?.errors[0];
    const number = answer?.invocation?.number;
    if (error || !number) {
      setProblem(
        error && (error.code in retrying.en ? say(error.code as "LIMIT") : `${error.message} (${error.code})`),
      );
      return;
    }
    toast({ status: "success", title: say(number === row.number ? "resumed" : "restarted", { number }) });
    onClose();
    if (number === row.number) onResumed();
    else go(paths.invocation(number), { state });
  });
  return { task, problem };
}
