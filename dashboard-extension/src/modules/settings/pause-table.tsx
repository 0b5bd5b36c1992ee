import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import type { Task } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { Button } from "@/ui/button";
import { useConfirm } from "@/ui/confirm";
import { Moment } from "@/ui/moment";
import { Pill } from "@/ui/pill";
import { type Column, Table } from "@/ui/table";
import { nameOfPause } from "@/words/pauses";
import type { Settings } from "./fields";
import { pauseTexts } from "./messages";
import styles from "./settings.module.css";
import type { Subject } from "./use-switching";

type Pause = Settings["pauses"][number];

/** Where counting ends on the server: it stands for that or more. */
const COUNTED = 100_000;

interface Props {
  readonly pauses: readonly Pause[];
  readonly switching: Task<[Subject, boolean], void>;
}

/** What is paused now, who did it, and how much waits because of it. */
export function PauseTable({ pauses, switching }: Props) {
  const say = useTexts(pauseTexts);
  const { language } = useSurroundings();
  if (!pauses.length) return <p>{say("nothing")}</p>;
  const columns: readonly Column<Pause>[] = [
    {
      key: "subject",
      head: say("subject"),
      names: true,
      cell: (pause) => (
        <span className={styles.meaning}>
          {nameOfPause(pause, language)}
          {pause.resumedAt && <Pill hue="info">{say("draining")}</Pill>}
        </span>
      ),
    },
    { key: "since", head: say("since"), cell: (pause) => <Moment at={pause.pausedAt} /> },
    { key: "by", head: say("by"), cell: (pause) => pause.pausedBy },
    { key: "held", head: say("held"), align: "end", cell: (pause) => <Held count={pause.heldCount} /> },
    {
      key: "actions",
      head: say("actions"),
      hideHead: true,
      align: "end",
      cell: (pause) => !pause.resumedAt && <Resume pause={pause} switching={switching} />,
    },
  ];
  return <Table caption={say("caption")} columns={columns} rows={pauses} rowKey={keyOf} />;
}

function keyOf(pause: Pause): string {
  return `${pause.kind} ${pause.action ?? pause.customEvent?.id ?? ""}`;
}

function Held({ count }: { readonly count: number }) {
  const say = useTexts(pauseTexts);
  const { locale } = useSurroundings();
  const number = plainNumber(count, locale);
  return <>{count >= COUNTED ? say("heldMany", { number }) : number}</>;
}

function Resume({ pause, switching }: { readonly pause: Pause; readonly switching: Props["switching"] }) {
  const say = useTexts(pauseTexts);
  const { language, locale } = useSurroundings();
  const viewer = useViewer();
  const confirm = useConfirm();
  const name = nameOfPause(pause, language);
  const subject = subjectOf(pause, name);
  if (!subject) return null;
  const resume = async () => {
    if (pause.kind === "ALL") {
      const count = pause.heldCount;
      const text = say("resumeAllText", { count, number: plainNumber(count, locale) });
      if (!(await confirm({ title: say("resumeAllTitle"), text, yes: say("resume") }))) return;
    }
    switching.run(subject, false);
  };
  return (
    <Button
      size="small"
      busy={switching.busy}
      missing={viewer.missing(pause.kind === "EVENT" ? "DEFINE" : "PAUSE")}
      aria-label={say("resumeNamed", { name })}
      onClick={resume}
    >
      {say("resume")}
    </Button>
  );
}

function subjectOf(pause: Pause, name: string): Subject | undefined {
  if (pause.kind === "ALL") return { kind: "ALL", name };
  if (pause.kind === "ACTION") return { kind: "ACTION", name, action: pause.action ?? "" };
  return pause.customEvent ? { kind: "EVENT", name, id: pause.customEvent.id } : undefined;
}
