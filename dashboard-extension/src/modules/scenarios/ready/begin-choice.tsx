import { FilePlus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useLabel, useTexts } from "@/lib/texts";
import { readyTexts } from "@/modules/scenarios/ready/messages";
import { MiniPicture } from "@/modules/scenarios/ready/mini-picture";
import { flowOf, type Ready } from "@/modules/scenarios/ready/needs";
import styles from "@/modules/scenarios/ready/ready.module.css";

interface Props {
  readonly ready: readonly Ready[];
  /** A ready scenario's name; undefined: the empty one. */
  readonly chosen: string | undefined;
  readonly onChoose: (name: string | undefined) => void;
}

/** The empty scenario and the ready ones, a card each. */
export function BeginChoice({ ready, chosen, onChoose }: Props) {
  const say = useTexts(readyTexts);
  const label = useLabel();
  return (
    <fieldset className={styles.cards}>
      <legend className={styles.legend}>{say("begin")}</legend>
      <Card
        title={say("empty")}
        help={say("emptyHelp")}
        isChosen={chosen === undefined}
        onChoose={() => onChoose(undefined)}
        picture={<FilePlus size={28} aria-hidden />}
      />
      {ready.map((one) => (
        <Card
          key={one.name}
          title={label(one.label)}
          help={label(one.help)}
          note={say("stepCount", { count: flowOf(one).steps.length })}
          isChosen={chosen === one.name}
          onChoose={() => onChoose(one.name)}
          picture={<MiniPicture flow={flowOf(one)} />}
        />
      ))}
    </fieldset>
  );
}

interface CardProps {
  readonly title: string;
  readonly help: string;
  readonly note?: string;
  readonly picture: ReactNode;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Card({ title, help, note, picture, isChosen, onChoose }: CardProps) {
  const id = useId();
  return (
    <label className={styles.card}>
      <input
        type="radio"
        name="begin"
        className="sce-hidden"
        checked={isChosen}
        onChange={onChoose}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-help`}
      />
      <span className={styles.picture}>{picture}</span>
      <span className={styles.words}>
        <span id={`${id}-title`} className={styles.cardTitle}>
          {title}
        </span>
        <span id={`${id}-help`} className={styles.help}>
          {help}
        </span>
        {note && <span className={styles.note}>{note}</span>}
      </span>
    </label>
  );
}
