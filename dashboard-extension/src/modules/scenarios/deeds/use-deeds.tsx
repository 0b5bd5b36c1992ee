import { Archive, Copy, PauseCircle, Pencil, PlayCircle } from "lucide-react";
import { useState } from "react";
import {
  ScenarioArchiveDocument,
  type ScenarioDetailsFragment,
  ScenarioDuplicateDocument,
  ScenarioPauseDocument,
  ScenarioResumeDocument,
  type ScenarioRowFragment,
  ScenarioUpdateDocument,
} from "@/graphql/generated";
import { ask, type Failure } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import { NameWindow } from "@/modules/scenarios/deeds/name-window";
import { accepted } from "@/modules/scenarios/deeds/refusals";
import { useConfirm } from "@/ui/confirm";
import type { MenuItem } from "@/ui/menu";

/** What the deeds need to know of a scenario: a row of the list has it, and its page. */
export type Named = Pick<ScenarioRowFragment, "id" | "number" | "name" | "status" | "revision" | "underWay">;

/** The count of invocations for which the API says "that or more". */
export const MANY = 10_000;

/** How many are under way, in words. */
export function useUnderWayText(): (count: number) => string {
  const say = useTexts(deedTexts);
  return (count) => {
    if (count >= MANY) return say("underWayMany", { count: MANY });
    return count ? say("underWay", { count }) : say("noneUnderWay");
  };
}

export interface Deeds {
  readonly items: (scenario: Named) => readonly MenuItem[];
  /** The window that is open, if one is. */
  readonly shown: React.ReactNode;
  readonly failure: Failure | undefined;
}

/** Renaming saves over the revision that was read; the others touch the status alone. */
export type OnChanged = (scenario: ScenarioDetailsFragment, deed: "rename" | "move") => void;

/** Duplicate, rename, pause, resume, archive. `onChanged` gets what the scenario is now. */
export function useDeeds(onChanged: OnChanged): Deeds {
  const say = useTexts(deedTexts);
  const viewer = useViewer();
  const confirm = useConfirm();
  const underWay = useUnderWayText();
  const [naming, setNaming] = useState<{ readonly as: "rename" | "duplicate"; readonly scenario: Named }>();
  const pause = useMove(onChanged);

  const pausing = async (scenario: Named) => {
    const [title, yes] = [say("pauseTitle", { name: scenario.name }), say("pause")];
    if (await confirm({ title, text: <Told lines={[say("pauseText"), underWay(scenario.underWay)]} />, yes }))
      pause.run("pause", scenario);
  };
  const archiving = async (scenario: Named) => {
    const [title, yes] = [say("archiveTitle", { name: scenario.name }), say("archive")];
    const text = <Told lines={[say("archiveText"), underWay(scenario.underWay)]} />;
    if (await confirm({ title, text, yes, critical: true })) pause.run("archive", scenario);
  };
  const missing = viewer.missing("DEFINE");
  const items = (scenario: Named): readonly MenuItem[] => {
    const is = (status: Named["status"]) => scenario.status === status;
    const all = [
      {
        key: "rename",
        icon: <Pencil size={14} aria-hidden />,
        onChoose: () => setNaming({ as: "rename", scenario }),
        on: !is("ARCHIVED"),
      },
      {
        key: "duplicate",
        icon: <Copy size={14} aria-hidden />,
        onChoose: () => setNaming({ as: "duplicate", scenario }),
        on: true,
      },
      {
        key: "pause",
        icon: <PauseCircle size={14} aria-hidden />,
        onChoose: () => pausing(scenario),
        on: is("ACTIVE"),
      },
      {
        key: "resume",
        icon: <PlayCircle size={14} aria-hidden />,
        onChoose: () => pause.run("resume", scenario),
        on: is("PAUSED"),
      },
      {
        key: "archive",
        icon: <Archive size={14} aria-hidden />,
        onChoose: () => archiving(scenario),
        on: !is("ARCHIVED"),
        critical: true,
      },
    ] as const;
    return all.filter((item) => item.on).map(({ on: _, ...item }) => ({ ...item, label: say(item.key), missing }));
  };
  const shown = naming && <Naming {...naming} onChanged={onChanged} onClose={() => setNaming(undefined)} />;
  return { items, shown, failure: pause.failure };
}

function Told({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => <p key={line}>{line}</p>);
}

const MOVES = {
  pause: {
    done: "paused",
    ask: async (id: string) => (await ask(ScenarioPauseDocument, { id })).customEventScenarioPause,
  },
  resume: {
    done: "resumed",
    ask: async (id: string) => (await ask(ScenarioResumeDocument, { id })).customEventScenarioResume,
  },
  archive: {
    done: "archived",
    ask: async (id: string) => (await ask(ScenarioArchiveDocument, { id })).customEventScenarioArchive,
  },
} as const;

function useMove(onChanged: OnChanged) {
  const say = useTexts(deedTexts);
  return useTask(async (move: keyof typeof MOVES, scenario: Named) => {
    const { scenario: now } = accepted(await MOVES[move].ask(scenario.id));
    toast({ status: "success", title: say(MOVES[move].done, { name: scenario.name }) });
    if (now) onChanged(now, "move");
  });
}

interface NamingProps {
  readonly as: "rename" | "duplicate";
  readonly scenario: Named;
  readonly onChanged: OnChanged;
  readonly onClose: () => void;
}

function Naming({ as, scenario, onChanged, onClose }: NamingProps) {
  const say = useTexts(deedTexts);
  const go = useGo();
  const rename = useTask(async (name: string) => {
    const { id, revision } = scenario;
    const answer = await ask(ScenarioUpdateDocument, { id, revision, input: { name } });
    const { scenario: now } = accepted(answer.customEventScenarioUpdate);
    onClose();
    if (now) onChanged(now, "rename");
  });
  const duplicate = useTask(async (name: string) => {
    const answer = await ask(ScenarioDuplicateDocument, { id: scenario.id, name });
    const { scenario: made } = accepted(answer.customEventScenarioDuplicate);
    onClose();
    if (!made) return;
    toast({ status: "success", title: say("duplicated", { name: made.name }) });
    go(paths.scenario(made.number));
  });
  if (as === "rename")
    return (
      <NameWindow
        title={say("renameTitle")}
        yes={say("rename")}
        initial={scenario.name}
        task={rename}
        onClose={onClose}
      />
    );
  return (
    <NameWindow
      title={say("duplicateTitle")}
      yes={say("duplicate")}
      initial={say("copyOf", { name: scenario.name.slice(0, 240) })}
      text={<p>{say("duplicateText")}</p>}
      task={duplicate}
      onClose={onClose}
    />
  );
}
