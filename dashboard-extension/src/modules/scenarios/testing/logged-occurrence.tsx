import { ScenarioOccurrencesDocument, type ScenarioOccurrencesQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { exactTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import type { KnownEvent } from "@/modules/scenarios/editor/variables";
import { testTexts } from "@/modules/scenarios/testing/messages";
import type { Trial } from "@/modules/scenarios/testing/trial";
import { SelectField } from "@/ui/fields";
import { FailureNotice, Loading, Notice } from "@/ui/notice";

interface Props {
  readonly event: KnownEvent;
  readonly trial: Trial;
  readonly onTrial: (trial: Trial) => void;
}

/** One of the event's latest occurrences in the log. */
export function LoggedOccurrence({ event, trial, onTrial }: Props) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const { data, failure, loading, reload } = useQuery(ScenarioOccurrencesDocument, { event: event.id });
  if (failure) return <FailureNotice failure={failure} onRetry={reload} />;
  if (loading) return <Loading />;
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
  if (!options.length) return <Notice kind="info">{say("noOccurrences")}</Notice>;
  return (
    <SelectField
      label={say("occurrence")}
      value={trial.occurrenceId}
      options={[{ value: "", label: say("chooseOccurrence") }, ...options]}
      onChange={(occurrenceId) => onTrial({ ...trial, occurrenceId })}
    />
  );
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
