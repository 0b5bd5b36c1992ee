import { useReactFlow } from "@xyflow/react";
import { Maximize, Redo2, Undo2, ZoomIn, ZoomOut } from "lucide-react";
import { memo, useId, useMemo, useState } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import styles from "@/modules/scenarios/canvas/canvas.module.css";
import { canvasTexts } from "@/modules/scenarios/canvas/messages";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { AddStart } from "@/modules/scenarios/editor/starts-view";
import { conditionText, kindText, stepDetail, stepTitle } from "@/modules/scenarios/summary";
import { IconButton } from "@/ui/button";

/** Above the picture: taking back, finding, and how close one looks. */
export const Toolbar = memo(function Toolbar() {
  const { undo, redo, readOnly } = useEditor();
  const say = useTexts(canvasTexts);
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className={styles.toolbar}>
      {!readOnly && (
        <>
          {/* Not `disabled`: whoever takes the last change back by keys stays on the button. */}
          <IconButton icon={<Undo2 size={16} aria-hidden />} label={say("undo")} aria-disabled={!undo} onClick={undo} />
          <IconButton icon={<Redo2 size={16} aria-hidden />} label={say("redo")} aria-disabled={!redo} onClick={redo} />
          <span className={styles.gap} />
        </>
      )}
      <IconButton icon={<ZoomOut size={16} aria-hidden />} label={say("zoomOut")} onClick={() => zoomOut()} />
      <IconButton icon={<ZoomIn size={16} aria-hidden />} label={say("zoomIn")} onClick={() => zoomIn()} />
      <IconButton
        icon={<Maximize size={16} aria-hidden />}
        label={say("fit")}
        onClick={() => fitView({ padding: 0.15, maxZoom: 1, duration: 200 })}
      />
      <span className={styles.gap} />
      <AddStart />
      <FindStep />
    </div>
  );
});

/** Finds steps by what can be read on them; Enter goes from one to the next. */
function FindStep() {
  const id = useId();
  const { lead } = useEditor();
  const say = useTexts(canvasTexts);
  const [text, setText] = useState("");
  const [at, setAt] = useState(-1);
  const find = useFinding();
  const found = useMemo(() => find(text), [find, text]);
  const go = () => {
    const next = found[(at + 1) % found.length];
    if (next === undefined) return;
    setAt((at + 1) % found.length);
    lead(next, false);
  };
  return (
    <search className={styles.search}>
      <form
        className={styles.find}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <input
          type="search"
          aria-label={say("find")}
          aria-describedby={id}
          placeholder={say("find")}
          value={text}
          maxLength={250}
          onChange={(event) => {
            setText(event.target.value);
            setAt(-1);
          }}
        />
        <span id={id} role="status" className={styles.count}>
          {text.trim() && say("found", { count: found.length })}
        </span>
      </form>
    </search>
  );
}

/** Gives the steps on which a text stands, in the order in which they are read. */
function useFinding(): (text: string) => readonly string[] {
  const { flow, numbers, actions, events } = useEditor();
  const { language } = useSurroundings();
  return useMemo(() => {
    const read = () =>
      flow.steps
        .toSorted((one, other) => (numbers.get(one.id) ?? 0) - (numbers.get(other.id) ?? 0))
        .map((step) => ({
          id: step.id,
          words: [
            stepTitle(step, language, actions),
            kindText(step, language, actions),
            stepDetail(step, language, actions, (of) => events.get(of)?.name),
            ...(Array.isArray(step.branches) ? step.branches : []).map((branch) =>
              typeof branch === "object" && branch !== null && "when" in branch
                ? conditionText(branch.when, language)
                : "",
            ),
            JSON.stringify(step.config ?? ""),
          ]
            .join("\n")
            .toLocaleLowerCase(language),
        }));
    return (text) => {
      const wanted = text.trim().toLocaleLowerCase(language);
      return wanted
        ? read()
            .filter(({ words }) => words.includes(wanted))
            .map(({ id }) => id)
        : [];
    };
  }, [flow, numbers, actions, events, language]);
}
