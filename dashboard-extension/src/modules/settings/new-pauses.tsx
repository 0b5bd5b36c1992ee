import { useState } from "react";
import type { SettingsQuery } from "@/graphql/generated";
import { useLabel, useTexts } from "@/lib/texts";
import type { Task } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { findEvents, type PickedChoice } from "@/modules/log/choosing";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { SelectField } from "@/ui/fields";
import { Picker } from "@/ui/picker";
import type { Settings } from "./fields";
import { pauseTexts } from "./messages";
import styles from "./settings.module.css";
import type { Subject } from "./use-switching";

interface Props {
  readonly actions: SettingsQuery["customEventActions"];
  readonly pauses: Settings["pauses"];
  readonly switching: Task<[Subject, boolean], void>;
}

/** Pausing one event, or one action. */
export function NewPauses(props: Props) {
  return (
    <div className={styles.switches}>
      <PauseEvent {...props} />
      <PauseAction {...props} />
    </div>
  );
}

function PauseEvent({ switching }: Props) {
  const say = useTexts(pauseTexts);
  const missing = useViewer().missing("DEFINE");
  const confirm = useConfirm();
  const [event, setEvent] = useState<PickedChoice | null>(null);
  const pause = async () => {
    if (!event) return;
    const question = { title: say("pauseTitle", { name: event.label }), text: say("eventHelp"), yes: say("yes") };
    if (!(await confirm(question))) return;
    await switching.run({ kind: "EVENT", name: event.label, id: event.id }, true);
    setEvent(null);
  };
  return (
    <div className={styles.switch}>
      <Picker label={say("event")} help={say("eventHelp")} value={event} onChange={setEvent} search={findEvents} />
      <Button missing={missing} aria-disabled={!event} busy={switching.busy} onClick={pause}>
        {say("pauseEventYes")}
      </Button>
    </div>
  );
}

function PauseAction({ actions, pauses, switching }: Props) {
  const say = useTexts(pauseTexts);
  const label = useLabel();
  const missing = useViewer().missing("PAUSE");
  const confirm = useConfirm();
  const [name, setName] = useState("");
  const paused = new Set(pauses.filter((pause) => !pause.resumedAt).map((pause) => pause.action));
  const free = actions.filter((action) => !paused.has(action.name));
  const chosen = free.find((action) => action.name === name);
  const pause = async () => {
    if (!chosen) return;
    const shown = label(chosen.label);
    const question = { title: say("pauseTitle", { name: shown }), text: say("actionHelp"), yes: say("yes") };
    if (!(await confirm(question))) return;
    await switching.run({ kind: "ACTION", name: shown, action: chosen.name }, true);
    setName("");
  };
  return (
    <div className={styles.switch}>
      <SelectField
        label={say("action")}
        help={say("actionHelp")}
        value={chosen ? name : ""}
        onChange={setName}
        options={[
          { value: "", label: say("chooseAction") },
          ...free.map((action) => ({ value: action.name, label: label(action.label) })),
        ]}
      />
      <Button missing={missing} aria-disabled={!chosen} busy={switching.busy} onClick={pause}>
        {say("pauseActionYes")}
      </Button>
    </div>
  );
}
