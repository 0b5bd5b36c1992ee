import { useEffect } from "react";
import { HealthDocument, type HealthQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/paths";
import { useTexts } from "@/lib/texts";
import { columnTime, relativeTime } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { Link } from "@/ui/link";
import { Notice } from "@/ui/notice";
import { nameOfPause, pauseWords } from "@/words/pauses";
import { common } from "@/words/words";

/** Milliseconds between two looks; silence is what lasts two minutes. */
const EVERY = 30_000;

/** Tells the banners to look again now: somebody has just changed what they say. */
export function lookAgain(): void {
  window.dispatchEvent(new Event(LOOK));
}
const LOOK = "custom-events-health";

/** What every page says above itself: that nothing runs, or what is paused. */
export function HealthBanner() {
  const { data, reload } = useQuery(HealthDocument, {}, { every: EVERY });
  useEffect(() => {
    window.addEventListener(LOOK, reload);
    return () => window.removeEventListener(LOOK, reload);
  }, [reload]);
  const health = data?.customEventHealth;
  if (!health) return null;
  return (
    <>
      <Silence health={health} />
      <Paused health={health} />
    </>
  );
}

type Health = HealthQuery["customEventHealth"];

/** Says what somebody has paused, and leads to where it is resumed. */
function Paused({ health }: { readonly health: Health }) {
  const { locale, language } = useSurroundings();
  const say = useTexts(pauseWords);
  const [first, ...others] = health.pauses.filter((pause) => !pause.resumedAt);
  if (!first) return null;
  const all = [first, ...others].find((pause) => pause.kind === "ALL");
  const names = [first, ...others].map((pause) => nameOfPause(pause, language)).join(", ");
  return (
    <Notice kind="warning" wide actions={<Link to={paths.settings}>{say("bannerLink")}</Link>}>
      {all
        ? say("bannerAll", { time: columnTime(all.pausedAt, locale), by: all.pausedBy })
        : say("bannerSome", { names })}
    </Notice>
  );
}

/** Says so where events are recorded and nothing runs them: no beat or worker has been seen for two minutes. */
function Silence({ health }: { readonly health: Health }) {
  const { locale } = useSurroundings();
  const say = useTexts(common);
  if (!(health.beatSilent || health.workerSilent)) return null;
  const since = (at: string) => relativeTime(at, locale, new Date(health.now).getTime());
  const beat = health.beatSeenAt ? say("silentBeat", { time: since(health.beatSeenAt) }) : say("neverBeat");
  const worker = health.workerSeenAt ? say("silentWorker", { time: since(health.workerSeenAt) }) : say("neverWorker");
  return (
    <Notice kind="warning" wide>
      {health.workerSilent ? worker : beat}
    </Notice>
  );
}
