import type { CustomEventScenarioStatusEnum } from "@/graphql/generated";
import { useTexts } from "@/lib/texts";
import { type Hue, Pill } from "@/ui/pill";
import { scenarioStatuses } from "@/words/words";

const HUES: Record<CustomEventScenarioStatusEnum, Hue> = {
  DRAFT: "info",
  ACTIVE: "success",
  PAUSED: "warning",
  ARCHIVED: "neutral",
};

export function StatusPill({ status }: { readonly status: CustomEventScenarioStatusEnum }) {
  const say = useTexts(scenarioStatuses);
  return <Pill hue={HUES[status]}>{say(status)}</Pill>;
}
