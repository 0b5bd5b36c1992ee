import { useState } from "react";
import { ReplayDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useTask } from "@/lib/use-task";
import type { Filters } from "@/modules/log/filters";
import type { Subject } from "@/modules/log/use-subject";
import { Button } from "@/ui/button";
import { Tabs } from "@/ui/tabs";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import { replaying } from "./messages";
import { type Foreseen, faults, firstPlan, mayStart, notTaken, type Plan, variablesOf } from "./plan";
import { Preview } from "./preview";
import { ReplayForm } from "./replay-form";
import { ReplaysList } from "./replays-list";

interface Props {
  readonly filters: Filters;
  readonly subject: Subject;
  readonly onClose: () => void;
}

/** Choose rows, see what running them again would do, and only then do it; and how far the last ones are. */
export default function ReplayWindow({ filters, subject, onClose }: Props) {
  const say = useTexts(replaying);
  const sayCommon = useTexts(common);
  const [tab, setTab] = useState("choose");
  const replay = useReplay(filters, subject, () => setTab("last"));
  const { foreseen } = replay;
  return (
    <Window
      title={say("title")}
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{sayCommon("close")}</Button>
          {tab === "choose" && (
            <>
              <Button busy={replay.preview.busy} onClick={replay.preview.run}>
                {say(foreseen ? "again" : "preview")}
              </Button>
              <StartButton replay={replay} />
            </>
          )}
        </>
      }
    >
      <Tabs
        label={say("tabs")}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          {
            key: "choose",
            label: say("choose"),
            content: (
              <>
                <ReplayForm
                  plan={replay.plan}
                  faults={replay.faults}
                  notTaken={notTaken(filters)}
                  onChange={replay.change}
                />
                <Preview replay={replay} />
              </>
            ),
          },
          { key: "last", label: say("last"), content: <ReplaysList /> },
        ]}
      />
    </Window>
  );
}

function StartButton({ replay }: { readonly replay: ReturnType<typeof useReplay> }) {
  const say = useTexts(replaying);
  const { locale } = useSurroundings();
  const { foreseen, isChanged, start } = replay;
  const isOpen = foreseen !== undefined && !isChanged && mayStart(foreseen);
  const label = isOpen
    ? say("start", { count: foreseen.total, number: plainNumber(foreseen.total, locale) })
    : say("startNone");
  return (
    <Button variant="primary" busy={start.busy} disabled={!isOpen} onClick={start.run}>
      {label}
    </Button>
  );
}

/** The plan, what it would do as far as that was asked, and the two deeds. */
export function useReplay(filters: Filters, subject: Subject, onStarted: () => void) {
  const say = useTexts(replaying);
  const { locale } = useSurroundings();
  const [plan, setPlan] = useState<Plan>(() => firstPlan(filters, subject));
  const [wasAsked, setAsked] = useState(false);
  /** What was foreseen, and of which plan. */
  const [seen, setSeen] = useState<{ readonly plan: Plan; readonly foreseen: Foreseen }>();
  const wrong = faults(plan);
  const preview = useTask(async () => {
    setAsked(true);
    start.forget();
    if (Object.keys(wrong).length) return;
    const { plan: foreseen } = await replayed(plan, true);
    if (foreseen) setSeen({ plan, foreseen });
  });
  const start = useTask(async () => {
    if (!seen) return;
    await replayed(seen.plan, false);
    const { total } = seen.foreseen;
    toast({ status: "success", title: say("started", { count: total, number: plainNumber(total, locale) }) });
    setSeen(undefined);
    onStarted();
  });
  return {
    plan,
    faults: wasAsked ? wrong : {},
    foreseen: seen?.foreseen,
    isChanged: seen !== undefined && seen.plan !== plan,
    preview,
    start,
    change: (change: Partial<Plan>) => setPlan({ ...plan, ...change }),
  };
}

async function replayed(plan: Plan, preview: boolean) {
  const { customEventReplay: answer } = await ask(ReplayDocument, variablesOf(plan, preview));
  const error = answer?.errors[0];
  if (error || !answer) throw new Failure("refused", error?.code ?? "EMPTY", error?.message ?? "The answer was empty.");
  return answer;
}
