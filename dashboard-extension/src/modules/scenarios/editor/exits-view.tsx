import { DoorOpen, Plus, Trash2 } from "lucide-react";
import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { isMembers, type Json, type Members } from "@/modules/scenarios/definition";
import { elementId, PartForm, useEditor } from "@/modules/scenarios/editor/editor-context";
import { EventField, useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { exitTexts } from "@/modules/scenarios/editor/exit-texts/messages";
import { FilterField } from "@/modules/scenarios/editor/filter-field";
import styles from "@/modules/scenarios/editor/flow.module.css";
import { PartProblems } from "@/modules/scenarios/editor/part-problems";
import { scopeOf } from "@/modules/scenarios/editor/variables";
import {
  changedExit,
  EXIT_KINDS,
  type ExitKind,
  exitKind,
  exitPart,
  exitsOf,
  MOST_EXITS,
  newExit,
  retypedExit,
  withExit,
  withoutExit,
} from "@/modules/scenarios/exits";
import { exitText } from "@/modules/scenarios/summary";
import { Button, IconButton } from "@/ui/button";
import { CodeBlock } from "@/ui/copy";
import { SelectField } from "@/ui/fields";

/** What ends an invocation while it waits, at whatever step. */
export function ExitsView() {
  const { flow, change, readOnly, begin } = useEditor();
  const say = useTexts(exitTexts);
  const exits = exitsOf(flow);
  const add = () => {
    change((now) => withExit(now, newExit("event")));
    begin(exitPart(exits.length));
  };
  return (
    <section aria-label={say("exits")} className={`${styles.starts} ${styles.exits}`}>
      <h2 className={styles.heading}>{say("exits")}</h2>
      <p className={styles.note}>{say(exits.length ? "exitsHelp" : "noExits")}</p>
      {exits.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place; it has no id of its own
        <ExitCard key={at} rule={rule} at={at} />
      ))}
      {!readOnly && exits.length < MOST_EXITS && (
        <div>
          <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
            {say("addExit")}
          </Button>
        </div>
      )}
    </section>
  );
}

interface Props {
  readonly rule: Json;
  readonly at: number;
}

function ExitCard({ rule, at }: Props) {
  const { change, readOnly } = useEditor();
  const { language } = useSurroundings();
  const say = useTexts(exitTexts);
  const kind = exitKind(rule);
  const number = isMembers(rule) && typeof rule.event === "number" ? rule.event : undefined;
  const event = useKnownEvent(number);
  const title = say("exit", { number: at + 1 });
  return (
    <article id={elementId(exitPart(at))} aria-label={title} className={styles.card}>
      <header className={styles.cardHead}>
        <span className={styles.icon} data-type="exit">
          <DoorOpen size={16} aria-hidden />
        </span>
        <div className={styles.titles}>
          <h3 className={styles.title}>{title}</h3>
          <p className={styles.detail}>{exitText(rule, language, () => event?.name)}</p>
        </div>
        {!readOnly && (
          <IconButton
            icon={<Trash2 size={16} aria-hidden />}
            label={say("removeExit", { number: at + 1 })}
            onClick={() => change((flow) => withoutExit(flow, at))}
          />
        )}
      </header>
      <div data-form>
        <fieldset disabled={readOnly} className={styles.form}>
          <PartProblems part={exitPart(at)} />
          {kind ? (
            <SelectField
              label={say("endsWhen")}
              value={kind}
              options={EXIT_KINDS.map((one) => ({ value: one, label: say(one) }))}
              onChange={(chosen) => change((flow) => retypedExit(flow, at, chosen as ExitKind))}
              help={kind === "event" ? undefined : say(`${kind}Help`)}
            />
          ) : (
            <CodeBlock code={JSON.stringify(rule, null, 2)} label={say("laterExit")} />
          )}
          {kind === "event" && isMembers(rule) && (
            <PartForm part={exitPart(at)}>
              <OfEvent rule={rule} at={at} number={number} />
            </PartForm>
          )}
        </fieldset>
      </div>
    </article>
  );
}

function OfEvent({ rule, at, number }: { readonly rule: Members; readonly at: number; readonly number?: number }) {
  const { change, problemAt } = useEditor();
  const say = useTexts(exitTexts);
  const set = (members: Members) => change((flow) => changedExit(flow, at, members));
  return (
    <>
      <EventField
        label={say("exitEvent")}
        help={say("ofSameCustomer")}
        value={number}
        onChange={(chosen) => set({ event: chosen?.number ?? null })}
        problem={problemAt(exitPart(at), "event")}
      />
      <FilterField
        part={exitPart(at)}
        member="filter"
        condition={rule.filter}
        scope={scopeOf(rule.event)}
        onChange={(filter) => set({ filter })}
        words={{
          title: say("filter"),
          help: say("filterHelp"),
          add: say("addFilter"),
          remove: say("removeFilter"),
          none: say("noFilter"),
        }}
      />
    </>
  );
}
