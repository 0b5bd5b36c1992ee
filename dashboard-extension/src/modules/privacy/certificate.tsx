import { useEffect, useState } from "react";
import { PrivacyErasureDocument } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { Facts } from "@/ui/facts";
import { Moment } from "@/ui/moment";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { erasedRows, privacy } from "./messages";

/** Milliseconds between two looks at an erasure that is under way. */
const AGAIN = 1500;

/** The certificate of an erasure, asked for again until all is done. */
export function Certificate({ number }: { readonly number: string }) {
  const say = useTexts(privacy);
  const sayRows = useTexts(erasedRows);
  const { locale } = useSurroundings();
  const { data, failure, reload } = useQuery(PrivacyErasureDocument, { id: number });
  const [looks, setLooks] = useState(0);
  const found = data?.customEventErasures[0];
  const isDone = found?.status === "DONE";
  useEffect(() => {
    if (isDone) return;
    const timer = setTimeout(() => {
      setLooks(looks + 1);
      reload();
    }, AGAIN);
    return () => clearTimeout(timer);
  }, [isDone, looks, reload]);
  if (failure) return <FailureNotice failure={failure} onRetry={reload} />;
  if (!found || !isDone) return <Loading label={say("running")} />;
  const rows = found.counts.filter(({ count }) => count > 0);
  return (
    <>
      <Notice kind="success" title={say("done")}>
        {rows.length === 0 && say("nothing")}
      </Notice>
      <Facts
        facts={[
          { label: say("certificate"), value: <code>{found.id}</code> },
          { label: say("finished"), value: found.finishedAt && <Moment at={found.finishedAt} /> },
          { label: say("holds"), value: <Moment at={found.holdsUntil} /> },
          ...rows.map(({ name, count }) => ({
            label: name in erasedRows.en ? sayRows(name as keyof typeof erasedRows.en) : name,
            value: plainNumber(count, locale),
          })),
        ]}
      />
    </>
  );
}
