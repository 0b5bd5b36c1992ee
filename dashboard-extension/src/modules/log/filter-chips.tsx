import { X } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { columnTime } from "@/lib/times";
import { type FilterKey, type Filters, inForce, NO_FILTERS } from "@/modules/log/filters";
import { filtering } from "@/modules/log/messages";
import { Button } from "@/ui/button";
import { useSentence } from "@/words/reasons";
import { invocationStatuses } from "@/words/words";
import styles from "./log.module.css";

interface Props {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
  readonly onClear: () => void;
}

/** The filters in force, each with a way to take it off. */
export function FilterChips({ filters, onChange, onClear }: Props) {
  const say = useTexts(filtering);
  const textOf = useChipText(filters);
  const keys = inForce(filters);
  if (!keys.length) return null;
  return (
    <div className={styles.chips}>
      <ul aria-label={say("active")}>
        {keys.map((key) => (
          <li key={key}>
            <button
              type="button"
              className={styles.chip}
              aria-label={say("remove", { filter: textOf(key) })}
              onClick={() => onChange({ [key]: NO_FILTERS[key] })}
            >
              {textOf(key)}
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" variant="tertiary" onClick={onClear}>
        {say("clearAll")}
      </Button>
    </div>
  );
}

function useChipText(filters: Filters): (key: FilterKey) => string {
  const say = useTexts(filtering);
  const sayStatus = useTexts(invocationStatuses);
  const sentence = useSentence();
  const { locale, language } = useSurroundings();
  const moment = (local: string) => columnTime(local, locale);
  return (key) => {
    switch (key) {
      case "email":
        return say("chipEmail", { value: filters.email });
      case "customer":
        return say("chipCustomer", { value: filters.customer?.email || say("customerGone") });
      case "event":
        return say("chipEvent", { value: `${filters.event?.number} ${filters.event?.name}` });
      case "scenario":
        return say("chipScenario", { value: `${filters.scenario?.number} ${filters.scenario?.name}` });
      case "status":
        return say("chipStatus", { value: filters.status && sayStatus(filters.status) });
      case "reason":
        return say("chipReason", { value: sentence(filters.reason) ?? filters.reason });
      case "counted":
        return say("chipCounted", {
          version: filters.counted?.version ?? 0,
          value: filters.counted?.label[language] ?? "",
        });
      case "from":
        return say("chipFrom", { value: moment(filters.from) });
      case "to":
        return say("chipTo", { value: moment(filters.to) });
    }
  };
}
