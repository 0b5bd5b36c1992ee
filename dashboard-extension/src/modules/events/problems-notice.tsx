import { Notice } from "@/ui/notice";
import type { Problem } from "./event-form";
import styles from "./events.module.css";

interface Props {
  readonly title: string;
  readonly problems: readonly Problem[];
  readonly sentence: (problem: Problem) => string;
}

/** What is wrong and stands at no input: a sentence, and its code small beside it. */
export function Problems({ title, problems, sentence }: Props) {
  return (
    <Notice kind="error" title={title}>
      {problems.map((problem) => (
        <div key={`${problem.field} ${problem.code}`}>
          {sentence(problem)} <code className={styles.reason}>{problem.code}</code>
        </div>
      ))}
    </Notice>
  );
}
