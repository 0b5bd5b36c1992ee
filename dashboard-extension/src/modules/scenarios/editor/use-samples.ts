import { useEffect, useState } from "react";
import { ScenarioSamplesDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { merged, NO_SAMPLES, type Samples, samplesOf } from "@/modules/scenarios/editor/samples";

/** Milliseconds for which an answer is as good as a new one: every field of a form asks. */
const KEPT = 60_000;
/** Start points whose events are asked about. */
const MOST = 5;

const asked = new Map<string, { readonly at: number; readonly answer: Promise<Samples> }>();

/**
 * Values of the latest occurrences of the start points' events, or of one event (null: of none). Empty until they are
 * there, and where the log has none or may not be seen: they help, and nothing waits for them.
 */
export function useSamples(only?: number | null): Samples {
  const { flow, events } = useEditor();
  const numbers = only === undefined ? flow.starts.map((start) => start.event) : [only];
  const found = numbers.flatMap((number) => (typeof number === "number" ? (events.get(number)?.id ?? []) : []));
  const ids = [...new Set(found)].slice(0, MOST).join(" ");
  const [samples, setSamples] = useState(NO_SAMPLES);
  useEffect(() => {
    let isStale = false;
    Promise.all(ids.split(" ").filter(Boolean).map(latest)).then((several) => !isStale && setSamples(merged(several)));
    return () => {
      isStale = true;
    };
  }, [ids]);
  return samples;
}

function latest(event: string): Promise<Samples> {
  const known = asked.get(event);
  if (known && Date.now() - known.at < KEPT) return known.answer;
  const answer = ask(ScenarioSamplesDocument, { event }).then(
    ({ customEventInvocations }) => samplesOf((customEventInvocations?.edges ?? []).map(({ node }) => node)),
    () => {
      asked.delete(event);
      return NO_SAMPLES;
    },
  );
  asked.set(event, { at: Date.now(), answer });
  return answer;
}
