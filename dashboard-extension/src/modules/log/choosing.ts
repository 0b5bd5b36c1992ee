import { LogEventChoicesDocument, LogScenarioChoicesDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import type { Choice } from "@/modules/log/filters";
import type { Picked } from "@/ui/picker";

export interface PickedChoice extends Picked, Choice {}

export function picked(choice: Choice): PickedChoice {
  return {
    key: choice.id,
    label: `${choice.number} ${choice.name}`,
    id: choice.id,
    number: choice.number,
    name: choice.name,
  };
}

/** Events whose name, slug or ID is like what was typed; archived ones too, whose rows are still there. */
export async function findEvents(search: string): Promise<readonly PickedChoice[]> {
  const found = await ask(LogEventChoicesDocument, { search });
  return (found.customEvents?.edges ?? []).map((edge) => picked(edge.node));
}

export async function findScenarios(search: string): Promise<readonly PickedChoice[]> {
  const found = await ask(LogScenarioChoicesDocument, { search });
  return (found.customEventScenarios?.edges ?? []).map((edge) => picked(edge.node));
}

/** What is kept of a choice with the filters. */
export function kept(choice: PickedChoice | null): Choice | null {
  return choice && { id: choice.id, number: choice.number, name: choice.name };
}
