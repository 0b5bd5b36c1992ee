import { Download } from "lucide-react";
import { useState } from "react";
import type { CustomEventInvocationFilterInput } from "@/graphql/generated";
import { toast, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { exporting } from "@/modules/log/messages";
import { useCsv } from "@/modules/log/use-csv";
import { Button } from "@/ui/button";
import { FailureNotice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import styles from "./log.module.css";

interface Props {
  readonly filter: CustomEventInvocationFilterInput;
  /** What the log is of, for the file's name. */
  readonly of: string;
  readonly disabled?: boolean;
}

/** The rows that match the filters as a file, collected part by part while a window says how far it is. */
export function CsvButton({ filter, of, disabled }: Props) {
  const say = useTexts(exporting);
  const { locale } = useSurroundings();
  const missing = useViewer().missing("SEE_CUSTOMERS");
  const { task, rows, stop } = useCsv(filter, of);
  const [isOpen, setOpen] = useState(false);
  const run = async () => {
    setOpen(true);
    const count = await task.run();
    if (count === undefined) return;
    setOpen(false);
    toast({ status: "success", title: say("done", { count, number: plainNumber(count, locale) }) });
  };
  const close = () => {
    stop();
    task.forget();
    setOpen(false);
  };
  return (
    <>
      <Button icon={<Download size={16} aria-hidden />} missing={missing} disabled={disabled} onClick={run}>
        {say("download")}
      </Button>
      {isOpen && (
        <Progress onClose={close}>
          {task.failure ? (
            <FailureNotice failure={task.failure} onRetry={run} />
          ) : (
            <>
              <p>{say("text")}</p>
              <progress className={styles.progress} aria-label={say("title")} />
              <p role="status">{say("rows", { count: rows, number: plainNumber(rows, locale) })}</p>
            </>
          )}
        </Progress>
      )}
    </>
  );
}

function Progress({ onClose, children }: { readonly onClose: () => void; readonly children: React.ReactNode }) {
  const say = useTexts(exporting);
  const sayCommon = useTexts(common);
  return (
    <Window
      title={say("title")}
      width={444}
      onClose={onClose}
      footer={<Button onClick={onClose}>{sayCommon("cancel")}</Button>}
    >
      {children}
    </Window>
  );
}
