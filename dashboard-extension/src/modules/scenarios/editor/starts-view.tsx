import { Plus } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { freeId } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { StartCard } from "@/modules/scenarios/editor/start-card";
import { Button } from "@/ui/button";

/** Limit of docs/definition.md. */
const MOST = 10;

/** Where the scenario begins. */
export function StartsView() {
  const { flow } = useEditor();
  const say = useTexts(editorTexts);
  const { starts } = flow;
  return (
    <section aria-label={say("startsLabel")} className={styles.starts}>
      {starts.map((start, at) => (
        <StartCard key={start.id} start={start} number={at + 1} count={starts.length} />
      ))}
      <div>
        <AddStart />
      </div>
    </section>
  );
}

/** One more start point. */
export function AddStart() {
  const { flow, change, readOnly, begin } = useEditor();
  const say = useTexts(editorTexts);
  if (readOnly || flow.starts.length >= MOST) return null;
  const add = () => {
    const id = freeId(flow, "start");
    change((now) => ({ ...now, starts: [...now.starts, { id, type: "customEvent" }] }));
    begin(id);
  };
  return (
    <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
      {say("addStart")}
    </Button>
  );
}
