import { ChartNoAxesColumn, FlaskConical, Hammer } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { modeTexts } from "@/modules/scenarios/overlay/messages";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { Segments } from "@/ui/segments";

/** Build, test, or see the results. */
export function ModeSwitch() {
  const { mode, setMode } = useOverlay();
  const say = useTexts(modeTexts);
  return (
    <Segments
      name="scenario-mode"
      label={say("mode")}
      value={mode}
      onChange={setMode}
      segments={[
        { value: "build", label: say("build"), Icon: Hammer },
        { value: "test", label: say("test"), Icon: FlaskConical },
        { value: "results", label: say("results"), Icon: ChartNoAxesColumn },
      ]}
    />
  );
}
