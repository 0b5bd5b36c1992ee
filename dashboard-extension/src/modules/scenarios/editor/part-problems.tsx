import { useSurroundings } from "@/lib/bridge";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { type Located, problemText } from "@/modules/scenarios/editor/problems";

/** Members that have a field of their own in a form; what is wrong elsewhere in a part stands above its form. */
const OWN =
  /^(duration|timeout|date.*|offset|past|time|weekdays.*|zone.*|name|value|text|label|action|event|reentry|period|filter.*|customerFilter.*|flow\.(type|quiet|atMost|count|per|key)|config\..+|branches\[\d+\]\.(label|weight|when.*))$/;

/** What is wrong with a part: what has no field of its own, or all of it while its form is closed. */
export function PartProblems({ part, all = false }: { readonly part: string; readonly all?: boolean }) {
  const { shown: problems } = useEditor();
  const { language } = useSurroundings();
  const shown = problems.filter((problem) => problem.part === part && (all || !OWN.test(problem.member)));
  if (!shown.length) return null;
  return (
    <ul className={styles.problems}>
      {shown.map((problem: Located) => (
        <li key={problem.field}>{problemText(problem, language)}</li>
      ))}
    </ul>
  );
}
