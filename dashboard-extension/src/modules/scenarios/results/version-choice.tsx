import { ResultVersionsDocument } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { columnTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";
import { resultTexts } from "@/modules/scenarios/results/messages";
import type { ResultsState } from "@/modules/scenarios/results/state";
import { SelectField } from "@/ui/fields";

interface Props {
  readonly scenario: ScenarioDetails;
  readonly state: ResultsState;
  readonly onState: (state: ResultsState) => void;
}

/** Which version's runs are shown: the one that is published, or an earlier one. */
export function VersionChoice({ scenario, state, onState }: Props) {
  const say = useTexts(resultTexts);
  const { locale } = useSurroundings();
  const newest = scenario.published?.number ?? 0;
  const { data } = useQuery(ResultVersionsDocument, { number: scenario.number });
  const earlier = (data?.customEventScenario?.versions ?? []).filter(({ number }) => number !== newest);
  return (
    <SelectField
      label={say("version")}
      value={String(state.version ?? "")}
      options={[
        { value: "", label: say("newestVersion", { number: newest }) },
        ...earlier.map(({ number, publishedAt }) => ({
          value: String(number),
          label: say("versionOf", { number, date: columnTime(publishedAt, locale) }),
        })),
      ]}
      onChange={(value) => onState({ ...state, version: value ? Number(value) : undefined })}
    />
  );
}
