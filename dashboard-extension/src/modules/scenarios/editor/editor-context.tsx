import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { ScenarioActionsQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import type { Fragment } from "@/modules/scenarios/canvas/fragment";
import type { Flow } from "@/modules/scenarios/definition";
import { isBlank, type Located, problemText } from "@/modules/scenarios/editor/problems";
import { useCopied } from "@/modules/scenarios/editor/use-copied";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import type { Known, KnownEvent } from "@/modules/scenarios/editor/variables";
import { numbersOf, type Outline, outlineOf } from "@/modules/scenarios/outline";
import { WhileTyping } from "@/ui/while-typing";

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
  /** Those that are shown at their places: a part that was just added does not complain of what is not filled yet. */
  readonly shown: readonly Located[];
  readonly check: Draft["check"];
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
  /** Open a part and bring it into view, and the focus there: to the field that tells `problem`, where one does. */
  readonly lead: (part: string, focus?: boolean, problem?: string) => void;
  /** The same with a part that was just added. */
  readonly begin: (part: string) => void;
  /** The part that was just added, as long as nothing else was opened since. */
  readonly filling: string | undefined;
  /** Nothing is about to be filled any more: all that is wrong is shown. */
  readonly settle: () => void;
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
  const { flow, change, scenario, check } = draft;
  const { problems } = check;
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
  const [filling, setFilling] = useState(() => newStart(draft));
  const shown = useMemo(
    () => problems.filter((problem) => problem.part !== filling || !isBlank(problem)),
    [problems, filling],
  );
  const setOpen = useCallback((part: string, open: boolean) => {
    setFilling(undefined);
    setOpened((now) => {
      const others = [...now].filter((one) => one !== part);
      return new Set(open ? [...others, part] : others);
    });
  }, []);
  const lead = useCallback<Editor["lead"]>(
    (part, focus = true, problem) => {
      setOpen(part, true);
      leadTo(part, focus, problem);
    },
    [setOpen],
  );
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
    shown,
    check,
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
    closeAll: () => {
      setFilling(undefined);
      setOpened(new Set());
    },
    lead,
    begin: (part) => {
      lead(part);
      setFilling(part);
    },
    filling,
    settle: () => setFilling(undefined),
  };
  return (
    <EditorContext.Provider value={editor}>
      <WhileTyping.Provider value={SETTLED}>{children}</WhileTyping.Provider>
    </EditorContext.Provider>
  );
}

const SETTLED = { isNew: false };
const NEW = { isNew: true };

/** Around the form of a part: one that was just added is about to be filled. */
export function PartForm({ part, children }: { readonly part: string; readonly children: ReactNode }) {
  const { filling } = useEditor();
  return <WhileTyping.Provider value={filling === part ? NEW : SETTLED}>{children}</WhileTyping.Provider>;
}

/** The start point of a scenario in which nothing was done yet. */
function newStart({ scenario, flow }: Draft): string | undefined {
  const [start] = flow.starts;
  const isNew = !scenario.published && flow.starts.length === 1 && !flow.steps.length && start?.event === undefined;
  return isNew ? start?.id : undefined;
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

/** The field of a part that tells this problem. */
function telling(element: HTMLElement, problem: string | undefined): HTMLElement | undefined {
  const told = [...element.querySelectorAll("[id$='-problem']")].find(({ textContent }) => textContent === problem);
  const field = told && element.querySelector<HTMLElement>(`[aria-describedby~="${CSS.escape(told.id)}"]`);
  return (
    (field?.matches("fieldset") ? field.querySelector<HTMLElement>("input, select, textarea") : field) ?? undefined
  );
}

/** Bring a part into view, and the focus to its first field; after it has been drawn. */
function leadTo(part: string, focus: boolean, problem?: string): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(elementId(part));
    if (!element) return;
    element.scrollIntoView({ block: focus ? "center" : "nearest" });
    if (!focus) return;
    const wrong = telling(element, problem) ?? element.querySelector<HTMLElement>('[aria-invalid="true"]');
    const field = element.querySelector<HTMLElement>("[data-form] :is(input, select, textarea)");
    (wrong ?? field ?? element.querySelector<HTMLElement>("button"))?.focus();
  });
}
