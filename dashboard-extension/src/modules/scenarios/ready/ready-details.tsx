import { Check, CircleAlert, Info } from "lucide-react";
import { useId } from "react";
import type { Language } from "@/lib/bridge";
import { useLabel, useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import { numbersOf, outlineOf } from "@/modules/scenarios/outline";
import type { Filled } from "@/modules/scenarios/ready/begin-window";
import { EventTaken } from "@/modules/scenarios/ready/event-taken";
import { readyTexts } from "@/modules/scenarios/ready/messages";
import { flowOf, type NamedAction, needsOf, type Ready } from "@/modules/scenarios/ready/needs";
import styles from "@/modules/scenarios/ready/ready.module.css";
import { kindText, stepTitle } from "@/modules/scenarios/summary";
import { SelectField, TextField } from "@/ui/fields";

interface Props {
  readonly ready: Ready;
  readonly actions: readonly NamedAction[];
  /** Why mail cannot be sent, in English; undefined: it can. */
  readonly mailProblem: string | undefined;
  readonly filled: Filled;
  readonly onFill: (filled: Filled) => void;
  /** Somebody tried to create it: what is not chosen yet is told. */
  readonly showsUnchosen: boolean;
}

/** Beside the cards: what the chosen one does, which events it takes, what only the merchant knows, what it needs. */
export function ReadyDetails({ ready, actions, mailProblem, filled, onFill, showsUnchosen }: Props) {
  const say = useTexts(readyTexts);
  const label = useLabel();
  const { language, answers, taken } = filled;
  return (
    <section className={styles.details} aria-label={say("about", { name: label(ready.label) })}>
      <SelectField
        label={say("language")}
        help={say("languageHelp")}
        value={language}
        options={(["en", "pl"] as const).map((value) => ({ value, label: say(value) }))}
        onChange={(chosen: Language) => onFill({ ...filled, language: chosen })}
      />
      <Part title={say("events")}>
        {ready.events.map((event) => (
          <EventTaken
            key={event.slug}
            event={event}
            taken={taken[event.slug] ?? { as: "own" }}
            onTake={(chosen) => onFill({ ...filled, taken: { ...taken, [event.slug]: chosen } })}
            showsUnchosen={showsUnchosen}
          />
        ))}
      </Part>
      {ready.asks.length > 0 && (
        <Part title={say("asks")}>
          {ready.asks.map((one) => (
            <TextField
              key={one.name}
              label={label(one.label)}
              help={`${label(one.help)} ${say("later")}`}
              optional
              value={answers[one.name] ?? ""}
              onChange={(text) => onFill({ ...filled, answers: { ...answers, [one.name]: text } })}
            />
          ))}
        </Part>
      )}
      <Part title={say("needs")}>
        <NeedList ready={ready} actions={actions} mailProblem={mailProblem} />
      </Part>
      <Part title={say("steps")}>
        <StepList ready={ready} actions={actions} language={language} />
      </Part>
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend is announced with every field in it
    <div role="group" aria-labelledby={id} className={styles.part}>
      <h3 id={id} className={styles.partTitle}>
        {title}
      </h3>
      {children}
    </div>
  );
}

function NeedList({ ready, actions, mailProblem }: Pick<Props, "ready" | "actions" | "mailProblem">) {
  const say = useTexts(readyTexts);
  const viewer = useViewer();
  const unverified = viewer.missing("ALLOW_UNVERIFIED");
  const { permissions, sendsMail } = needsOf(flowOf(ready), actions, unverified);
  const missing = viewer.known ? permissions.filter((code) => !viewer.permissions.has(code)) : [];
  return (
    <ul className={styles.needs}>
      {sendsMail && (
        <Need isMet={mailProblem === undefined}>{say(mailProblem === undefined ? "mails" : "noMail")}</Need>
      )}
      {missing.length > 0 ? (
        <Need isMet={false}>{say("permissionsMissing", { codes: missing.join(", ") })}</Need>
      ) : (
        <Need isMet>
          {permissions.length ? say("permissionsHeld", { codes: permissions.join(", ") }) : say("permissionsNone")}
        </Need>
      )}
      <li className={styles.need}>
        <Info size={16} aria-hidden /> <span>{say("draft")}</span>
      </li>
    </ul>
  );
}

function Need({ isMet, children }: { readonly isMet: boolean; readonly children: React.ReactNode }) {
  const Icon = isMet ? Check : CircleAlert;
  return (
    <li className={styles.need} data-met={isMet}>
      <Icon size={16} aria-hidden /> <span>{children}</span>
    </li>
  );
}

interface StepsProps extends Pick<Props, "ready" | "actions"> {
  readonly language: Language;
}

/** The steps in the order of the editor's list, by their names and by what they are. */
function StepList({ ready, actions, language }: StepsProps) {
  const flow = flowOf(ready);
  const steps = [...numbersOf(outlineOf(flow)).keys()].flatMap((id) => flow.steps.filter((step) => step.id === id));
  return (
    <ol className={styles.steps}>
      {steps.map((step) => {
        const [title, kind] = [stepTitle(step, language, actions), kindText(step, language, actions)];
        return (
          <li key={step.id}>
            {title}
            {kind !== title && <span className={styles.note}> · {kind}</span>}
          </li>
        );
      })}
    </ol>
  );
}
