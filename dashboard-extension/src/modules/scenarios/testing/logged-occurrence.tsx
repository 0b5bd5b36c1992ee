import { useState } from "react";
import { ScenarioOccurrencesDocument, type ScenarioOccurrencesQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { exactTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Trial } from "@/modules/scenarios/testing/trial";
import { type Option, SelectField } from "@/ui/fields";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { SearchField } from "@/ui/search-field";

const ADDRESS = /^\S+@\S+\.\S+$/;

interface Props {
  readonly event: KnownEvent;
  readonly trial: Trial;
  readonly onTrial: (trial: Trial) => void;
}

/** One of the event's latest occurrences in the log. */
export function LoggedOccurrence({ event, trial, onTrial }: Props) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const [wanted, setWanted] = useState("");
  // Anything else is no address, and the log finds by addresses alone.
  const email = ADDRESS.test(wanted.trim()) ? wanted.trim() : null;
  const { data, failure, loading, reload } = useQuery(ScenarioOccurrencesDocument, { event: event.id, email });
  const options = occurrencesOf(data).map(({ occurrence, customerEmail }) => ({
    value: occurrence.occurrenceId,
    label: [
      say("occurrenceName", {
        time: exactTime(occurrence.registeredAt, locale),
        email: customerEmail || say("nobody"),
      }),
      ...(occurrence.channel ? [occurrence.channel] : []),
      ...(occurrence.dataFieldsRemovedAt ? [say("removed")] : []),
    ].join(" · "),
  }));
  return (
    <>
      <SearchField label={say("find")} value={wanted} onSearch={setWanted} />
      {failure ? (
        <FailureNotice failure={failure} onRetry={reload} />
      ) : loading ? (
        <Loading />
      ) : options.length === 0 ? (
        <Notice kind="info">{say(email ? "notFound" : "noOccurrences")}</Notice>
      ) : (
        <SelectField
          label={say("occurrence")}
          value={trial.occurrenceId}
          options={[{ value: "", label: say("chooseOccurrence") }, ...withChosen(options, trial.occurrenceId)]}
          onChange={(occurrenceId) => onTrial({ ...trial, occurrenceId })}
        />
      )}
    </>
  );
}

/** What is chosen stays in the list when another customer is looked for. */
function withChosen(options: readonly Option[], chosen: string): readonly Option[] {
  if (!chosen || options.some(({ value }) => value === chosen)) return options;
  return [{ value: chosen, label: chosen }, ...options];
}

/** One entry an occurrence, however many scenarios it started. */
function occurrencesOf(data: ScenarioOccurrencesQuery | undefined) {
  const nodes = (data?.customEventInvocations?.edges ?? []).map(({ node }) => node);
  const first = new Map(
    nodes.flatMap((node) => (node.occurrence ? [[node.occurrence.occurrenceId, node] as const] : [])),
  );
  return [...first.values()].flatMap(({ occurrence, customerEmail }) =>
    occurrence ? [{ occurrence, customerEmail }] : [],
  );
}
