import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import { NewScenarioWindow } from "@/modules/scenarios/deeds/new-scenario";
import type { Flow } from "@/modules/scenarios/definition";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import styles from "@/modules/scenarios/publishing/publishing.module.css";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { CodeBlock } from "@/ui/copy";
import { Notice } from "@/ui/notice";

interface Props {
  readonly flow: Flow;
  readonly name: string;
  readonly onBack: () => void;
  readonly onForget: () => void;
  /** It was kept as a new scenario, whose page is opened now. */
  readonly onKept: () => void;
}

/** One's own draft while a colleague's is shown: it can be copied, kept as a new scenario, brought back, or forgotten. */
export function AsideNotice({ flow, name, onBack, onForget, onKept }: Props) {
  const say = useTexts(publishTexts);
  const confirm = useConfirm();
  const [keeping, setKeeping] = useState(false);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView({ block: "center" });
  }, []);
  const forget = async () => {
    const asked = { title: say("forgetTitle"), text: say("forgetText"), yes: say("forget"), critical: true };
    if (await confirm(asked)) onForget();
  };
  return (
    <Notice kind="info" title={say("asideTitle")}>
      <div ref={shown} className={styles.stack}>
        <p>{say("asideText")}</p>
        <CodeBlock code={JSON.stringify(flow, null, 2)} label={say("copyJson")} />
        <div className={styles.buttons}>
          <Button size="small" onClick={() => setKeeping(true)}>
            {say("keepAsNew")}
          </Button>
          <Button size="small" onClick={onBack}>
            {say("bringBack")}
          </Button>
          <Button size="small" variant="tertiary" onClick={forget}>
            {say("forget")}
          </Button>
        </div>
      </div>
      {keeping && (
        <NewScenarioWindow
          draft={flow}
          initial={say("asideName", { name })}
          onMade={onKept}
          onClose={() => setKeeping(false)}
        />
      )}
    </Notice>
  );
}
