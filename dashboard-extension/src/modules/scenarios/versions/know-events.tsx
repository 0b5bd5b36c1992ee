import { useMemo } from "react";
import { isFlow } from "@/modules/scenarios/definition";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { useKnownEvent } from "@/modules/scenarios/editor/event-field";
import { eventOf } from "@/modules/scenarios/editor/step-card";
import { exitsOf } from "@/modules/scenarios/exits";

/** Sees to it that the events that these definitions name are known by their names. Shows nothing. */
export function KnowEvents({ definitions }: { readonly definitions: readonly unknown[] }) {
  const { actions } = useEditor();
  const numbers = useMemo(() => {
    const flows = definitions.filter(isFlow);
    const named = flows.flatMap((flow) => [
      ...[...flow.starts, ...exitsOf(flow)].map((part) => (part as { readonly event?: unknown } | null)?.event),
      ...flow.steps.map((step) => eventOf(step, actions)),
    ]);
    return [...new Set(named)].filter((number): number is number => typeof number === "number");
  }, [definitions, actions]);
  return numbers.map((number) => <Know key={number} number={number} />);
}

function Know({ number }: { readonly number: number }) {
  useKnownEvent(number);
  return null;
}
