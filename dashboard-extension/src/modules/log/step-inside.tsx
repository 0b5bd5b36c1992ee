import type { ReactNode } from "react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { stepTexts } from "@/modules/log/step-texts/messages";
import type { Actions } from "@/modules/log/steps";
import type { Entry } from "@/modules/log/timeline";
import { plain } from "@/modules/log/values";
import { choiceText } from "@/modules/scenarios/summary";
import { type Fact, Facts } from "@/ui/facts";
import { common } from "@/words/words";
import styles from "./details.module.css";

interface Props {
  readonly entry: Entry;
  readonly actions: Actions;
}

const NAMED = new Set(Object.keys(stepTexts.en));
type Name = keyof (typeof stepTexts)["en"];

/** What an action was to do and what came back, as far as the reader wants to see it. */
export function StepInside({ entry, actions }: Props) {
  const say = useTexts(stepTexts);
  const { language } = useSurroundings();
  const sayValue = useValue();
  const settings = actions.find((action) => action.name === entry.run.kind)?.settings ?? [];
  const asked: readonly Fact[] = entry.settings.map(([name, value]) => {
    const setting = settings.find((one) => one.name === name);
    return { label: setting?.label[language] ?? name, value: sayValue(choiceText(setting, value, language) ?? value) };
  });
  const came: readonly Fact[] = entry.rest.map(([name, value]) => ({
    label: NAMED.has(name) ? say(name as Name) : name,
    value: sayValue(value),
  }));
  return (
    <>
      {asked.length > 0 && (
        <Fold title={say("settings")}>
          <Facts facts={asked} />
        </Fold>
      )}
      {(came.length > 0 || entry.response !== undefined) && (
        <Fold title={say("result")} isOpen={entry.run.status !== "DONE"}>
          <Facts facts={came} />
          {entry.response !== undefined && (
            <section className={styles.response} aria-label={say("response")} tabIndex={0}>
              <pre>{entry.response || "–"}</pre>
            </section>
          )}
        </Fold>
      )}
    </>
  );
}

interface FoldProps {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

function Fold({ title, isOpen, children }: FoldProps) {
  return (
    <details className={styles.fold} open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function useValue(): (value: unknown) => ReactNode {
  const say = useTexts(common);
  const { locale } = useSurroundings();
  const words = { yes: say("yes"), no: say("no") };
  return (value) => {
    if (typeof value === "string") return <span className={styles.long}>{value}</span>;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return (
        <Facts
          facts={Object.entries(value).map(([name, one]) => ({ label: name, value: plain(one, words, locale) }))}
        />
      );
    return plain(value, words, locale);
  };
}
