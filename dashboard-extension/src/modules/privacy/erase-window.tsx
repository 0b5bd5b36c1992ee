import { useEffect, useState } from "react";
import { PrivacyEraseDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useTask } from "@/lib/use-task";
import { Button } from "@/ui/button";
import { Facts } from "@/ui/facts";
import { TextField } from "@/ui/fields";
import { FailureNotice, Loading } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import { Certificate } from "./certificate";
import { privacy } from "./messages";
import { isSame, throwRefused, type Whom } from "./whom";

/** As far as a plan counts. */
const COUNTED = 10_000;
const WHAT = ["what1", "what2", "what3", "what4", "what5"] as const;

interface Plan {
  readonly emails: readonly string[];
  readonly anonymousIds: number;
  readonly occurrences: number;
  readonly underWay: number;
}

/** Says what erasing a customer comes to, has the address typed, and shows the certificate at the end. */
export default function EraseWindow({ whom, onClose }: { readonly whom: Whom; readonly onClose: () => void }) {
  const say = useTexts(privacy);
  const sayCommon = useTexts(common);
  const [typed, setTyped] = useState("");
  const [plan, setPlan] = useState<Plan>();
  const [erasure, setErasure] = useState<string>();
  const look = useTask(async () => setPlan((await erase(whom, true))?.plan ?? undefined));
  const task = useTask(async () => setErasure((await erase(whom, false))?.erasure?.id));
  useEffect(() => {
    look.run();
  }, [look.run]);
  const failure = look.failure ?? task.failure;
  return (
    <Window
      title={say("title", { email: whom.name })}
      width={600}
      onClose={onClose}
      footer={
        erasure ? (
          <Button onClick={onClose}>{sayCommon("close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{sayCommon("cancel")}</Button>
            <Button variant="error" busy={task.busy} disabled={!isSame(typed, whom.name) || !plan} onClick={task.run}>
              {say("yes")}
            </Button>
          </>
        )
      }
    >
      {failure && <FailureNotice failure={failure} onRetry={look.failure ? look.run : task.run} />}
      {erasure ? (
        <Certificate number={erasure} />
      ) : (
        <>
          {plan ? <PlanView plan={plan} whom={whom} /> : !failure && <Loading />}
          <h3>{say("what")}</h3>
          <ul>
            {WHAT.map((key) => (
              <li key={key}>{say(key)}</li>
            ))}
          </ul>
          <TextField
            label={say("type")}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            problem={typed && !isSame(typed, whom.name) ? say("mismatch") : undefined}
          />
        </>
      )}
    </Window>
  );
}

function PlanView({ plan, whom }: { readonly plan: Plan; readonly whom: Whom }) {
  const say = useTexts(privacy);
  const { locale } = useSurroundings();
  const others = plan.emails.filter((email) => !isSame(email, whom.name));
  return (
    <>
      <h3>{say("found")}</h3>
      <Facts
        facts={[
          {
            label: say("occurrences"),
            value: plan.occurrences >= COUNTED ? say("many") : plainNumber(plan.occurrences, locale),
          },
          { label: say("underWay"), value: plainNumber(plan.underWay, locale) },
          { label: say("otherEmails"), value: others.join(", ") },
          { label: say("browsers"), value: plan.anonymousIds > 0 && plainNumber(plan.anonymousIds, locale) },
        ]}
      />
    </>
  );
}

async function erase(whom: Whom, preview: boolean) {
  const { customEventCustomerErase: answer } = await ask(PrivacyEraseDocument, { whom: whom.input, preview });
  throwRefused(answer?.errors ?? []);
  return answer;
}
