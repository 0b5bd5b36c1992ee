import type { CustomEventInvocationStatusEnum, CustomEventStepStatusEnum } from "@/graphql/generated";
import { useTexts } from "@/lib/texts";
import { type Hue, Pill } from "@/ui/pill";
import { useSentence } from "@/words/reasons";
import { invocationStatuses, stepStatuses } from "@/words/words";
import styles from "./log.module.css";

const INVOCATION_HUES: Readonly<Record<CustomEventInvocationStatusEnum, Hue>> = {
  RUNNING: "info",
  WAITING: "warning",
  COMPLETED: "success",
  FAILED: "error",
  SKIPPED: "neutral",
  CANCELLED: "neutral",
};
const STEP_HUES: Readonly<Record<CustomEventStepStatusEnum, Hue>> = {
  TRYING: "info",
  RETRYING: "warning",
  WAITING: "warning",
  DONE: "success",
  SKIPPED: "neutral",
  FAILED: "error",
  UNKNOWN: "warning",
};

export function InvocationStatus({ status }: { readonly status: CustomEventInvocationStatusEnum }) {
  const say = useTexts(invocationStatuses);
  return <Pill hue={INVOCATION_HUES[status]}>{say(status)}</Pill>;
}

export function StepStatus({ status }: { readonly status: CustomEventStepStatusEnum }) {
  const say = useTexts(stepStatuses);
  return <Pill hue={STEP_HUES[status]}>{say(status)}</Pill>;
}

interface DetailProps {
  readonly text: string | null | undefined;
  /** What is already said in its sentence is not said again. */
  readonly reason: string | null | undefined;
}

/** The API's own sentence, which is English. */
export function Detail({ text, reason }: DetailProps) {
  const sentence = useSentence();
  if (!text || text === sentence(reason ?? "")) return null;
  return (
    <p className={styles.detail} lang="en">
      {text}
    </p>
  );
}

/** A reason in the reader's language, its code small beside it. */
export function Reason({ code }: { readonly code: string | null | undefined }) {
  const sentence = useSentence();
  if (!code) return null;
  return (
    <span className={styles.reason}>
      {sentence(code)} <code className={styles.code}>{code}</code>
    </span>
  );
}
