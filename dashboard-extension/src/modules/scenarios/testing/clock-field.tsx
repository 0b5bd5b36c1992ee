import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { zoneName } from "@/lib/times";
import { testTexts } from "@/modules/scenarios/testing/messages";
import { fridayEvening } from "@/modules/scenarios/testing/trial";
import { SelectField, TextField } from "@/ui/fields";

interface Props {
  /** As in a trial: empty for now. */
  readonly at: string;
  readonly onChange: (at: string) => void;
}

/** When the occurrence comes: now, or at a moment in the reader's zone. */
export function ClockField({ at, onChange }: Props) {
  const { locale } = useSurroundings();
  const say = useTexts(testTexts);
  const zone = zoneName(locale, at ? new Date(at) : undefined);
  return (
    <>
      <SelectField
        label={say("when")}
        value={at ? "later" : "now"}
        options={[
          { value: "now", label: say("now") },
          { value: "later", label: say("later") },
        ]}
        onChange={(when) => onChange(when === "now" ? "" : fridayEvening(new Date()))}
      />
      {at && (
        <TextField
          label={say("clock", { zone })}
          help={say("clockHelp")}
          type="datetime-local"
          value={at}
          // What is half typed is empty: the clock stays where it was.
          onChange={(typed) => typed && onChange(typed)}
        />
      )}
    </>
  );
}
