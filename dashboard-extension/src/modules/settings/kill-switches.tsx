import type { SettingsQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { columnTime } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { FailureNotice } from "@/ui/notice";
import { nameOfPause, pauseWords } from "@/words/pauses";
import type { Settings } from "./fields";
import { pauseTexts } from "./messages";
import { NewPauses } from "./new-pauses";
import { PauseTable } from "./pause-table";
import { Section } from "./section";
import styles from "./settings.module.css";
import { useSwitching } from "./use-switching";

interface Props {
  readonly settings: Settings;
  readonly actions: SettingsQuery["customEventActions"];
  readonly onDone: () => void;
}

/** What is paused, how much that holds, and the ways in and out. */
export function KillSwitches({ settings, actions, onDone }: Props) {
  const say = useTexts(pauseTexts);
  const words = useTexts(pauseWords);
  const missing = useViewer().missing("PAUSE");
  const confirm = useConfirm();
  const switching = useSwitching(onDone);
  const isAllPaused = settings.pauses.some((pause) => pause.kind === "ALL" && !pause.resumedAt);
  const pauseAll = async () => {
    const question = { title: say("pauseAllTitle"), text: say("pauseAllText"), yes: say("pauseAll") };
    if (await confirm({ ...question, critical: true })) switching.run({ kind: "ALL", name: words("ALL") }, true);
  };
  const button = !isAllPaused && (
    <Button variant="error" missing={missing} busy={switching.busy} onClick={pauseAll}>
      {say("pauseAll")}
    </Button>
  );
  return (
    <Section title={say("heading")} intro={say("intro")} actions={button}>
      {switching.failure && <FailureNotice failure={switching.failure} />}
      <PauseTable pauses={settings.pauses} switching={switching} />
      <NewPauses actions={actions} pauses={settings.pauses} switching={switching} />
      <Past settings={settings} />
    </Section>
  );
}

function Past({ settings }: { readonly settings: Settings }) {
  const say = useTexts(pauseTexts);
  const { locale, language } = useSurroundings();
  if (!settings.pastPauses.length) return null;
  return (
    <details>
      <summary>{say("past")}</summary>
      <ul className={styles.past}>
        {settings.pastPauses.map((pause) => (
          <li key={`${pause.kind} ${pause.action} ${pause.customEvent?.id} ${pause.pausedAt}`}>
            {say("pastLine", {
              name: nameOfPause(pause, language),
              from: columnTime(pause.pausedAt, locale),
              by: pause.pausedBy,
              to: columnTime(pause.resumedAt ?? pause.pausedAt, locale),
              resumedBy: pause.resumedBy ?? "",
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
