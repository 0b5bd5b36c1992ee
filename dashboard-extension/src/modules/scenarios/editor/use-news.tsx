import { useEffect } from "react";
import { ScenarioUnderWayDocument, type ScenarioUnderWayQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { relativeTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { publishTexts } from "@/modules/scenarios/publishing/messages";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Milliseconds between two looks at what others did. */
const EVERY = 15_000;

type News = NonNullable<ScenarioUnderWayQuery["customEventScenario"]>;

/** Keeps status and what is under way fresh; gives what a colleague has saved since, where somebody has. */
export function useNews({ scenario, refresh }: Draft): News | undefined {
  const { data } = useQuery(ScenarioUnderWayDocument, { number: scenario.number }, { every: EVERY });
  const now = data?.customEventScenario;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is new counts, whatever the page has by then
  useEffect(() => {
    if (now) refresh({ ...scenario, status: now.status, underWay: now.underWay });
  }, [now]);
  return now && now.revision > scenario.revision ? now : undefined;
}

export function NewerNotice({ news, onLook }: { readonly news: News; readonly onLook: () => void }) {
  const { locale } = useSurroundings();
  const say = useTexts(publishTexts);
  return (
    <Notice
      kind="warning"
      actions={
        <Button size="small" onClick={onLook}>
          {say("lookAtTheirs")}
        </Button>
      }
    >
      {say("newer", { name: news.updatedBy, time: relativeTime(news.updatedAt, locale) })}
    </Notice>
  );
}
