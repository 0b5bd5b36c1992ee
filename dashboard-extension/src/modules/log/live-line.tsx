import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { log } from "@/modules/log/messages";
import type { OpenLog } from "@/modules/log/use-log";
import { Button } from "@/ui/button";
import styles from "./log.module.css";

interface Props {
  readonly open: OpenLog;
  readonly onNewest: () => void;
}

/** What has arrived meanwhile, without moving what is being read. */
export function LiveLine({ open, onNewest }: Props) {
  const say = useTexts(log);
  const { locale } = useSurroundings();
  const { count, more } = open.fresh;
  const number = plainNumber(count, locale);
  const news = count > 0 && say(more ? "newRowsMore" : "newRows", { count, number });
  const standing = open.isStale ? say("lookFailed") : say(open.isNewest ? "live" : "older");
  return (
    <div className={styles.live}>
      <div role="status">
        {news ? (
          <Button size="small" onClick={onNewest}>
            {news}
          </Button>
        ) : (
          standing
        )}
      </div>
      {!news && !open.isNewest && (
        <Button size="small" onClick={onNewest}>
          {say("toNewest")}
        </Button>
      )}
    </div>
  );
}
