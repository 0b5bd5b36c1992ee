import { useState } from "react";
import { LogInvocationDocument } from "@/graphql/generated";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { Controls } from "@/modules/log/controls";
import { DataFields } from "@/modules/log/data-fields";
import { details } from "@/modules/log/details-texts/messages";
import type { LogState } from "@/modules/log/filters";
import { Information } from "@/modules/log/information";
import { EVERY } from "@/modules/log/live";
import { isUnderWay } from "@/modules/log/timeline";
import { Button } from "@/ui/button";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { Tabs } from "@/ui/tabs";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

interface Props {
  /** As it stands in the address: may be anything. */
  readonly number: string;
  /** Of the log below, for the ways from one invocation to another. */
  readonly state: LogState;
  readonly onClose: () => void;
}

/** Milliseconds between two looks at what runs just now. */
const SOON = 1500;

/** Everything about one row of the log. It refreshes itself while the invocation is under way. */
export function InvocationWindow({ number, state, onClose }: Props) {
  const say = useTexts(details);
  const sayCommon = useTexts(common);
  const [every, setEvery] = useState<number>();
  const { data, failure, loading, reload } = useQuery(LogInvocationDocument, { number }, { every });
  const row = data?.customEventInvocation;
  const wanted = row && isUnderWay(row.status) ? (row.status === "RUNNING" ? SOON : EVERY) : undefined;
  if (every !== wanted) setEvery(wanted);
  const isGone = data?.customEventInvocation === null || failure?.code === "INVALID_ID";
  return (
    <Window
      title={say("title", { number })}
      width={960}
      onClose={onClose}
      footerStart={row && <Controls row={row} state={state} onChanged={reload} />}
      footer={<Button onClick={onClose}>{sayCommon("close")}</Button>}
    >
      {failure && !isGone && <FailureNotice failure={failure} onRetry={reload} />}
      {loading && !row && <Loading />}
      {isGone && <Empty title={say("gone")}>{say("goneText")}</Empty>}
      {row && (
        <Tabs
          label={say("tabs")}
          tabs={[
            { key: "information", label: say("information"), content: <Information row={row} state={state} /> },
            { key: "fields", label: say("dataFields"), content: <DataFields row={row} /> },
          ]}
        />
      )}
    </Window>
  );
}
