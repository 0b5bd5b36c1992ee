import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { arrowsOf } from "@/modules/scenarios/arrows";
import type { Step } from "@/modules/scenarios/definition";
import { AddStep } from "@/modules/scenarios/editor/add-step";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { LineEnd } from "@/modules/scenarios/editor/line-end";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { StepCard } from "@/modules/scenarios/editor/step-card";
import type { Item, Line } from "@/modules/scenarios/outline";
import { wayKey } from "@/modules/scenarios/overlay/overlay";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { branchTitle } from "@/modules/scenarios/summary";

/** The steps from above to below; branches side by side where there is room. */
export function FlowView() {
  const say = useTexts(editorTexts);
  const { outline } = useEditor();
  const isEmpty = !outline.line.items.length;
  return (
    <section aria-label={say("steps")} className={styles.flow}>
      {isEmpty && <p className={styles.empty}>{say("noSteps")}</p>}
      <LineView line={outline.line} />
      {outline.unreached.length > 0 && (
        <div className={styles.unreached}>
          <h3 className={styles.heading}>{say("unreached")}</h3>
          {outline.unreached.map((step) => (
            <StepCard key={step.id} step={step} />
          ))}
        </div>
      )}
    </section>
  );
}

/** The branch that a line belongs to; the main line belongs to none. */
export interface Of {
  readonly step: Step;
  readonly branch: string;
}

function LineView({ line, of }: { readonly line: Line; readonly of?: Of }) {
  const { items, end } = line;
  return (
    <div className={styles.line}>
      {items.map((item, at) => (
        <ItemView key={item.step.id} item={item} above={items[at - 1]} below={items[at + 1]} />
      ))}
      {end.kind !== "closed" && <AddStep place={end.place} of={of} after={items.at(-1)} canEnd />}
      <LineEnd end={end} of={of} isEmpty={!items.length} />
    </div>
  );
}

function ItemView({ item, above, below }: { readonly item: Item; readonly above?: Item; readonly below?: Item }) {
  const { language } = useSurroundings();
  const { overlay } = useOverlay();
  const { step } = item;
  const way = (at: number) => overlay?.ways.get(wayKey(step.id, at));
  return (
    <>
      <AddStep place={item.before} before={step} after={above} />
      <StepCard
        step={step}
        item={item}
        canMoveUp={Boolean(above?.outs.length && item.outs.length)}
        canMoveDown={Boolean(below?.outs.length && item.outs.length)}
      />
      {item.lines.length > 0 && (
        <div className={styles.branches}>
          {item.lines.map((line, at) => {
            const branch = branchTitle(step, arrowsOf(step)[at]?.port ?? at, language);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a branch is its place; it has no id of its own
              <fieldset key={at} className={styles.branch}>
                <legend className={styles.branchTitle} data-taken={way(at)?.isTaken || undefined}>
                  {branch}
                  {way(at)?.text && <span className={styles.wayText}> · {way(at)?.text}</span>}
                </legend>
                <LineView line={line} of={{ step, branch }} />
              </fieldset>
            );
          })}
        </div>
      )}
    </>
  );
}
