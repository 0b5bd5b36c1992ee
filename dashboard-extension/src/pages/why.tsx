import { useState } from "react";
import type { LogExplainQuery } from "@/graphql/generated";
import { LogExplainDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { paths, useGo, useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { firstQuestion, variablesOf } from "@/modules/log/explaining";
import { isLogState } from "@/modules/log/filters";
import { FindingsList } from "@/modules/log/findings-list";
import { pathOf } from "@/modules/log/use-subject";
import styles from "@/modules/log/why.module.css";
import { WhyForm } from "@/modules/log/why-form";
import { why } from "@/modules/log/why-texts/messages";
import { FailureNotice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { common } from "@/words/words";

type Explanation = NonNullable<LogExplainQuery["customEventExplain"]>;

/** E-mail and event in, the chain of decisions out. */
export default function WhyPage() {
  const say = useTexts(why);
  const sayCommon = useTexts(common);
  const go = useGo();
  const kept = useKept(isLogState);
  const [question, setQuestion] = useState(() => firstQuestion(kept));
  const [explanation, setExplanation] = useState<Explanation>();
  const task = useTask(async () => {
    const answer = await ask(LogExplainDocument, variablesOf(question));
    setExplanation(answer.customEventExplain ?? undefined);
  });
  return (
    <Page title={sayCommon("why")} onBack={() => go(kept ? pathOf(kept.scope) : paths.log, { state: kept })}>
      <div className={styles.body}>
        <p>{say("text")}</p>
        <WhyForm question={question} busy={task.busy} onChange={setQuestion} onAsk={task.run} />
        {task.failure && <FailureNotice failure={task.failure} onRetry={task.run} />}
        <div aria-live="polite">{explanation && <Answer explanation={explanation} />}</div>
      </div>
    </Page>
  );
}

function Answer({ explanation }: { readonly explanation: Explanation }) {
  const say = useTexts(why);
  const { event, findings } = explanation;
  return (
    <section>
      <h2 className={styles.heading}>{say("result")}</h2>
      {event && <p className={styles.of}>{say("resultOf", { number: event.number, name: event.name })}</p>}
      <FindingsList findings={findings} />
    </section>
  );
}
