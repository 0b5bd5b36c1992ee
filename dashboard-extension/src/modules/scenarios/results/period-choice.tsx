import { useTexts } from "@/lib/texts";
import { localMinute } from "@/modules/log/filters";
import { resultTexts } from "@/modules/scenarios/results/messages";
import type { Period } from "@/modules/scenarios/results/period";
import styles from "@/modules/scenarios/results/results.module.css";
import { TextField } from "@/ui/fields";
import { Segments } from "@/ui/segments";

interface Props {
  readonly period: Period;
  readonly isWrong: boolean;
  readonly onChange: (period: Period) => void;
}

const DAYS = { day: 1, week: 7, month: 30 } as const;
type Choice = keyof typeof DAYS | "dates";

/** For which time is counted. */
export function PeriodChoice({ period, isWrong, onChange }: Props) {
  const say = useTexts(resultTexts);
  const chosen: Choice =
    "days" in period
      ? ((Object.keys(DAYS) as (keyof typeof DAYS)[]).find((key) => DAYS[key] === period.days) ?? "week")
      : "dates";
  const today = localMinute(new Date()).slice(0, 10);
  return (
    <div className={styles.stack}>
      <span className={styles.label} aria-hidden>
        {say("period")}
      </span>
      <Segments
        name="results-period"
        label={say("period")}
        value={chosen}
        segments={(["day", "week", "month", "dates"] as const).map((value) => ({ value, label: say(value) }))}
        onChange={(value) => onChange(value === "dates" ? { first: today, last: today } : { days: DAYS[value] })}
      />
      {!("days" in period) && (
        <div className={styles.dates}>
          <TextField
            label={say("first")}
            type="date"
            max={today}
            value={period.first}
            onChange={(first) => onChange({ ...period, first })}
          />
          <TextField
            label={say("last")}
            type="date"
            min={period.first}
            max={today}
            value={period.last}
            problem={isWrong && say("datesWrong")}
            onChange={(last) => onChange({ ...period, last })}
          />
        </div>
      )}
    </div>
  );
}
