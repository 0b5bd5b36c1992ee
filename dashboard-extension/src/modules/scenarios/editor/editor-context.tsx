import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { ScenarioActionsQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import type { Fragment } from "@/modules/scenarios/canvas/fragment";
import type { Flow } from "@/modules/scenarios/definition";
import { type Located, problemText } from "@/modules/scenarios/editor/problems";
import { useCopied } from "@/modules/scenarios/editor/use-copied";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import type { Known, KnownEvent } from "@/modules/scenarios/editor/variables";
import { numbersOf, type Outline, outlineOf } from "@/modules/scenarios/outline";

export type ActionForm = ScenarioActionsQuery["customEventActions"][number];
export type Setting = ActionForm["settings"][number];

/** What every part of the editor works with. */
export interface Editor {
  /** The scenario's global id. */
  readonly scenario: string;
  readonly flow: Flow;
  readonly change: Draft["change"];
  readonly outline: Outline;
  /** Steps' numbers as they are shown. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly actions: readonly ActionForm[];
  readonly events: Known;
  /** Remember an event that was chosen or made. */
  readonly learn: (event: KnownEvent) => void;
  /** Nothing can be changed: the scenario is archived, or it is not its draft that is shown. */
  readonly readOnly: boolean;
  readonly problems: readonly Located[];
  /** What is wrong at a member of a part, in the reader's language. */
  readonly problemAt: (part: string, member: string) => string | undefined;
  /** The same, at a member or anywhere below it. */
  readonly problemWithin: (part: string, member: string) => string | undefined;
  /** What was copied last, here or in another scenario. */
  readonly copied: Fragment | undefined;
  readonly copy: (fragment: Fragment) => void;
  readonly undo: Draft["undo"];
  readonly redo: Draft["redo"];
  readonly opened: ReadonlySet<string>;
  /** What was opened last: the one that the picture has its form beside. */
  readonly chosen: string | undefined;
  readonly setOpen: (part: string, open: boolean) => void;
  readonly closeAll: () => void;
  /** Open a part and bring it into view, and the focus there. */
  readonly lead: (part: string, focus?: boolean) => void;
}

const EditorContext = createContext<Editor | undefined>(undefined);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("There is no editor around this.");
  return editor;
}

interface Props {
  readonly draft: Draft;
  readonly actions: readonly ActionForm[];
  /** Nothing can be changed, though the scenario could be: what is shown is not its draft. */
  readonly readOnly?: boolean;
  readonly children: ReactNode;
}

export function EditorProvider({ draft, actions, readOnly = false, children }: Props) {
  const { flow, change, scenario, problems } = draft;
  const { language } = useSurroundings();
  const [learned, setLearned] = useState<readonly KnownEvent[]>([]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { copied, copy } = useCopied();
  const outline = useMemo(() => outlineOf(flow), [flow]);
  const numbers = useMemo(() => numbersOf(outline), [outline]);
  const events = useMemo(
    () => new Map([...scenario.startEvents, ...learned].map((event) => [event.number, event])),
    [scenario.startEvents, learned],
  );
  const setOpen = (part: string, open: boolean) =>
    setOpened((now) => {
      const others = [...now].filter((one) => one !== part);
      return new Set(open ? [...others, part] : others);
    });
  const editor: Editor = {
    scenario: scenario.id,
    flow,
    change,
    outline,
    numbers,
    actions,
    events,
    learn: (event) => setLearned((now) => [...now, event]),
    readOnly: readOnly || scenario.status === "ARCHIVED",
    problems,
    problemAt: (part, member) => {
      const found = problems.find((problem) => problem.part === part && problem.member === member);
      return found && problemText(found, language);
    },
    problemWithin: (part, member) => {
      const isWithin = (at: string) => at === member || at.startsWith(`${member}.`) || at.startsWith(`${member}[`);
      const found = problems.find((problem) => problem.part === part && isWithin(problem.member));
      return found && problemText(found, language);
    },
    copied,
    copy,
    undo: draft.undo,
    redo: draft.redo,
    opened,
    chosen: [...opened].at(-1),
    setOpen,
    closeAll: () => setOpened(new Set()),
    lead: (part, focus = true) => {
      setOpen(part, true);
      leadTo(part, focus);
    },
  };
  return <EditorContext.Provider value={editor}>{children}</EditorContext.Provider>;
}

/** The id of a part's element in the page. */
export function elementId(part: string): string {
  return `part-${part}`;
}

/** The id of the button by which a part is chosen in the picture. */
export function spotId(part: string): string {
  return `spot-${part}`;
}

/**
 * Bring the focus to a control of a part, once what was changed has been drawn: the first of these that can be used, or
 * the part itself in the picture.
 */
export function focusOn(part: string | null, ...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    const element = part === null ? null : document.getElementById(elementId(part));
    for (const selector of [...selectors, "button:not(:disabled)"]) {
      const found = element?.querySelector<HTMLElement>(selector);
      if (found) return found.focus();
    }
    const spot = part === null ? null : document.getElementById(spotId(part));
    if (spot) return spot.focus();
    document.querySelector<HTMLElement>("[data-add] button")?.focus();
  });
}

/** Bring a part into view, and the focus to its first field; after it has been drawn. */
function leadTo(part: string, focus: boolean): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(elementId(part));
    if (!element) return;
    element.scrollIntoView({ block: focus ? "center" : "nearest" });
    if (!focus) return;
    const wrong = element.querySelector<HTMLElement>('[aria-invalid="true"]');
    const field = element.querySelector<HTMLElement>("[data-form] :is(input, select, textarea)");
    (wrong ?? field ?? element.querySelector<HTMLElement>("button"))?.focus();
  });
}
