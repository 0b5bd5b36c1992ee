import { HealthDocument } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { relativeTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { Notice } from "@/ui/notice";
import { common } from "@/words/words";

/** Milliseconds between two looks; silence is what lasts two minutes. */
const EVERY = 30_000;

/** Says so where events are recorded and nothing runs them: no beat or worker has been seen for two minutes. */
export function HealthBanner() {
  const { data } = useQuery(HealthDocument, {}, { every: EVERY });
  const { locale } = useSurroundings();
  const say = useTexts(common);
  const health = data?.customEventHealth;
  if (!health || !(health.beatSilent || health.workerSilent)) return null;
  const since = (at: string) => relativeTime(at, locale, new Date(health.now).getTime());
  const beat = health.beatSeenAt ? say("silentBeat", { time: since(health.beatSeenAt) }) : say("neverBeat");
  const worker = health.workerSeenAt ? say("silentWorker", { time: since(health.workerSeenAt) }) : say("neverWorker");
  return (
    <Notice kind="warning" wide>
      {health.workerSilent ? worker : beat}
    </Notice>
  );
}
