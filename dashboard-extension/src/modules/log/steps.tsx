import { LogActionsDocument, type LogActionsQuery } from "@/graphql/generated";
import { useQuery } from "@/lib/use-query";
import { StepView } from "@/modules/log/step-view";
import { type Invocation, timeline } from "@/modules/log/timeline";
import styles from "./details.module.css";

export type Actions = LogActionsQuery["customEventActions"];

/** What the steps did, in the order in which they were gone through. */
export function Steps({ row }: { readonly row: Invocation }) {
  const { data } = useQuery(LogActionsDocument, {});
  const actions = data?.customEventActions ?? [];
  return (
    <ol className={styles.steps}>
      {timeline(row.steps, row.definition).map((entry) => (
        <StepView key={entry.run.visit} entry={entry} actions={actions} />
      ))}
    </ol>
  );
}
