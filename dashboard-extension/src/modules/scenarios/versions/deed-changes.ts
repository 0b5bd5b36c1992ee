import type { Changes } from "@/modules/scenarios/versions/changes-text";

interface Changed {
  readonly kind: "ADDED" | "REMOVED" | "CHANGED" | "MOVED";
  readonly id: string;
}

/** The history names parts by their ids alone: start points as the editor names them, exit rules by what they are. */
const START = /^start\d*$/;
const EXIT = /^(event(:\d+)?|orderPlaced|consentWithdrawn)( \(\d+\))?$/;

/** What one save changed, counted. */
export function deedChanges(changes: readonly Changed[]): Changes {
  const starts = changes.filter(({ id }) => START.test(id)).length;
  const exits = changes.filter(({ id }) => EXIT.test(id)).length;
  const steps = changes.filter(({ id }) => !START.test(id) && !EXIT.test(id));
  const count = (kind: Changed["kind"]) => steps.filter((step) => step.kind === kind).length;
  return {
    added: count("ADDED"),
    changed: count("CHANGED"),
    moved: count("MOVED"),
    removed: count("REMOVED"),
    starts,
    exits,
  };
}
