import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { isMembers, type Json } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import styles from "@/modules/scenarios/editor/page.module.css";
import panels from "@/modules/scenarios/publishing/publishing.module.css";
import { exitText } from "@/modules/scenarios/summary";

/** The events that end an invocation while it waits. They are written in a file or over the API, and kept. */
export function ExitsPanel() {
  const { flow } = useEditor();
  const say = useTexts(editorTexts);
  const exits = Array.isArray(flow.exits) ? flow.exits : [];
  if (!exits.length) return null;
  return (
    <section className={panels.panel} aria-label={say("exits")}>
      <h2 className={panels.panelTitle}>{say("exits")}</h2>
      <p className={styles.note}>{say("exitsHelp")}</p>
      <ul className={panels.list}>
        {exits.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place; it has no id of its own
          <Rule key={at} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

function Rule({ rule }: { readonly rule: Json }) {
  const { language } = useSurroundings();
  const number = isMembers(rule) && typeof rule.event === "number" ? rule.event : undefined;
  const event = useKnownEvent(number);
  return <li>{exitText(rule, language, () => event?.name)}</li>;
}
