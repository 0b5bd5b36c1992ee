import { useEffect, useRef, useState } from "react";
import { PrivacyExportDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast, useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useTask } from "@/lib/use-task";
import { download } from "@/modules/log/csv";
import { Button } from "@/ui/button";
import { FailureNotice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";
import { collect } from "./exporting";
import { privacy } from "./messages";
import { throwRefused, type Whom } from "./whom";

/** Collects a customer's data, part by part, and hands the file to the browser. */
export default function ExportWindow({ whom, onClose }: { readonly whom: Whom; readonly onClose: () => void }) {
  const say = useTexts(privacy);
  const sayCommon = useTexts(common);
  const { locale } = useSurroundings();
  const [count, setCount] = useState(0);
  const stopped = useRef(false);
  const task = useTask(async () => {
    const text = await collect(
      async (after) => {
        const { customEventCustomerExport: part } = await ask(PrivacyExportDocument, { whom: whom.input, after });
        throwRefused(part?.errors ?? []);
        return part ?? {};
      },
      setCount,
      () => stopped.current,
    );
    if (text === undefined) return;
    download([text], "customer-data.json");
    toast({ status: "success", title: say("exported") });
    onClose();
  });
  useEffect(() => {
    stopped.current = false;
    task.run();
    return () => {
      stopped.current = true;
    };
  }, [task.run]);
  return (
    <Window
      title={say("export")}
      width={444}
      onClose={onClose}
      footer={<Button onClick={onClose}>{sayCommon("cancel")}</Button>}
    >
      {task.failure ? (
        <FailureNotice failure={task.failure} onRetry={task.run} />
      ) : (
        <>
          <p>{say("exporting")}</p>
          <p role="status">{say("collected", { count, number: plainNumber(count, locale) })}</p>
        </>
      )}
    </Window>
  );
}
