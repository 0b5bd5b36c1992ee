import { useState } from "react";
import { EventFireDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { type Task, useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import type { EventDetails, Problem } from "./event-form";
import { fireInput, type Receipt, type TestDraft } from "./test-event";

export interface TestEvent {
  readonly draft: TestDraft;
  readonly change: (change: Partial<TestDraft>) => void;
  readonly send: Task<[], void>;
  readonly problems: readonly Problem[];
  readonly receipt: (Receipt & { readonly dryRun: boolean }) | undefined;
}

/** A test event being typed and sent. It lives as long as the window, whichever tab is shown. */
export function useTestEvent(event: EventDetails | undefined): TestEvent {
  const { email } = useSurroundings();
  const viewer = useViewer();
  const [typed, setTyped] = useState<Partial<TestDraft>>({});
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [receipt, setReceipt] = useState<TestEvent["receipt"]>();
  const draft: TestDraft = { email: email || viewer.name, dryRun: false, typed: {}, ...typed };
  const send = useTask(async () => {
    if (!event) return;
    setReceipt(undefined);
    setProblems([]);
    const { customEventFire: answer } = await ask(EventFireDocument, { input: fireInput(event, draft) });
    if (!answer) return;
    setProblems(answer.errors);
    if (!answer.errors.length) setReceipt({ ...answer, dryRun: draft.dryRun });
  });
  return { draft, change: (change) => setTyped((now) => ({ ...now, ...change })), send, problems, receipt };
}
