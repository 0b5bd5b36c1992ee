import { type SettingsQuery, SettingsUpdateDocument } from "@/graphql/generated";
import { ask, Failure } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { Facts } from "@/ui/facts";
import { Moment } from "@/ui/moment";
import { FailureNotice } from "@/ui/notice";
import { Pill } from "@/ui/pill";
import type { Settings } from "./fields";
import { settingsTexts } from "./messages";
import { Section } from "./section";
import styles from "./settings.module.css";

interface Props {
  readonly settings: Settings;
  readonly health: SettingsQuery["customEventHealth"];
}

/** Whether all of it runs, and the switch of the plugin itself. */
export function Operation({ settings, health }: Props) {
  const say = useTexts(settingsTexts);
  const missing = useViewer().missing("SETTINGS");
  const off = useSwitchingOff();
  const button = (
    <Button missing={missing} busy={off.busy} onClick={() => off.run()}>
      {say("switchOff")}
    </Button>
  );
  return (
    <Section title={say("operation")} actions={button}>
      {off.failure && <FailureNotice failure={off.failure} />}
      <Facts
        facts={[
          { label: say("plugin"), value: <Pill hue="success">{say("pluginOn")}</Pill> },
          { label: say("worker"), value: <Seen at={health.workerSeenAt} silent={health.workerSilent} /> },
          { label: say("beat"), value: <Seen at={health.beatSeenAt} silent={health.beatSilent} /> },
          { label: say("oldest"), value: health.oldestDueAt ? <Moment at={health.oldestDueAt} /> : say("nothingDue") },
          { label: say("mail"), value: health.mailProblem ?? say("mailReady") },
          { label: say("address"), value: settings.publicUrlInUse },
        ]}
      />
    </Section>
  );
}

function Seen({ at, silent }: { readonly at: string | null | undefined; readonly silent: boolean }) {
  const say = useTexts(settingsTexts);
  return (
    <span className={styles.value}>
      <Pill hue={silent ? "warning" : "success"}>{at ? <Moment at={at} as="relative" /> : say("never")}</Pill>
    </span>
  );
}

function useSwitchingOff() {
  const say = useTexts(settingsTexts);
  const confirm = useConfirm();
  return useTask(async () => {
    const question = { title: say("switchOffTitle"), text: say("switchOffText"), yes: say("switchOffYes") };
    if (!(await confirm({ ...question, critical: true }))) return;
    const answer = (await ask(SettingsUpdateDocument, { input: { active: false } })).customEventSettingsUpdate;
    const error = answer?.errors[0];
    if (error) throw new Failure("refused", error.code, error.message);
    toast({ status: "success", title: say("switchedOff") });
  });
}
