import { useRef, useState } from "react";
import { type CustomEventInvocationFilterInput, LogCsvDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useSurroundings } from "@/lib/bridge";
import { type Task, useTask } from "@/lib/use-task";
import { collect, download, fileName } from "@/modules/log/csv";

export interface CsvDownload {
  /** Gives how many rows are in the file; undefined where there is none. */
  readonly task: Task<[], number | undefined>;
  /** Collected so far. */
  readonly rows: number;
  readonly stop: () => void;
}

/** Collect all rows of a filter and hand them to the browser. `of`: what the log is of, for the file's name. */
export function useCsv(filter: CustomEventInvocationFilterInput, of: string): CsvDownload {
  const { language } = useSurroundings();
  const [rows, setRows] = useState(0);
  const stopping = useRef<AbortController>(undefined);
  const task = useTask(async () => {
    const stopped = new AbortController();
    stopping.current = stopped;
    let collected = 0;
    const count = (soFar: number) => {
      collected = soFar;
      setRows(soFar);
    };
    count(0);
    const variables = { filter, language: language === "pl" ? "PL" : "EN" } as const;
    try {
      const texts = await collect(
        async (after) => (await ask(LogCsvDocument, { ...variables, after }, stopped.signal)).customEventLogCsv,
        count,
        () => stopped.signal.aborted,
      );
      if (!texts) return undefined;
      download(texts, fileName(language, of));
      return collected;
    } catch (error) {
      // Whoever stops it wants no message about it.
      if (stopped.signal.aborted) return undefined;
      throw error;
    }
  });
  return { task, rows, stop: () => stopping.current?.abort() };
}
