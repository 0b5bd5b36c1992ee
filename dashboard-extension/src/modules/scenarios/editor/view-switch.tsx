import { List, Workflow } from "lucide-react";
import { useState } from "react";
import { store, stored } from "@/lib/stored";
import { useTexts } from "@/lib/texts";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { Segments } from "@/ui/segments";

export type View = "picture" | "list";

const NAME = "scenario-view";
/** Pixels from which there is room for a picture beside a form. */
const ROOM = "(width >= 1000px)";

/** How the scenario is shown: what was chosen last, else a picture where there is room for one. */
export function useView(): readonly [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => {
    const last = stored(NAME);
    if (last === "picture" || last === "list") return last;
    return typeof matchMedia === "function" && matchMedia(ROOM).matches ? "picture" : "list";
  });
  const choose = (chosen: View) => {
    store(NAME, chosen);
    setView(chosen);
  };
  return [view, choose];
}

export function ViewSwitch({ view, onChoose }: { readonly view: View; readonly onChoose: (view: View) => void }) {
  const say = useTexts(canvasTexts);
  return (
    <Segments
      name="scenario-view"
      label={say("view")}
      value={view}
      onChange={onChoose}
      segments={[
        { value: "picture", label: say("canvas"), Icon: Workflow },
        { value: "list", label: say("list"), Icon: List },
      ]}
    />
  );
}
