import {
  PauseActionDocument,
  PauseAllDocument,
  PauseEventDocument,
  ResumeActionDocument,
  ResumeAllDocument,
  ResumeEventDocument,
} from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { lookAgain } from "@/lib/health";
import { useTexts } from "@/lib/texts";
import { type Task, useTask } from "@/lib/use-task";
import { pauseTexts } from "./messages";

/** What is paused or resumed, with the name that a person knows it by. */
export type Subject =
  | { readonly kind: "ALL"; readonly name: string }
  | { readonly kind: "EVENT"; readonly name: string; readonly id: string }
  | { readonly kind: "ACTION"; readonly name: string; readonly action: string };

interface Answer {
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** Throw a switch, or throw it back. */
export function useSwitching(onDone: () => void): Task<[Subject, boolean], void> {
  const say = useTexts(pauseTexts);
  return useTask(async (subject: Subject, isPausing: boolean) => {
    const error = (await (isPausing ? pause(subject) : resume(subject)))?.errors[0];
    if (error) throw new Failure("refused", error.code, error.message);
    toast({ status: "success", title: say(isPausing ? "paused" : "resumed", { name: subject.name }) });
    lookAgain();
    onDone();
  });
}

async function pause(subject: Subject): Promise<Answer | null | undefined> {
  if (subject.kind === "ALL") return (await ask(PauseAllDocument, {})).customEventPauseAll;
  if (subject.kind === "EVENT") return (await ask(PauseEventDocument, { id: subject.id })).customEventPause;
  return (await ask(PauseActionDocument, { name: subject.action })).customEventActionPause;
}

async function resume(subject: Subject): Promise<Answer | null | undefined> {
  if (subject.kind === "ALL") return (await ask(ResumeAllDocument, {})).customEventResumeAll;
  if (subject.kind === "EVENT") return (await ask(ResumeEventDocument, { id: subject.id })).customEventResume;
  return (await ask(ResumeActionDocument, { name: subject.action })).customEventActionResume;
}
