import { type Flow, isMembers, textOf } from "@/modules/scenarios/definition";
import type { Samples } from "@/modules/scenarios/editor/samples";
import type { DeclaredField } from "@/modules/scenarios/editor/variables";
import { operandOf, writtenValue } from "@/modules/scenarios/operands";

/** Statuses of an order, as the store's API spells them. */
const STATUSES = [
  "unconfirmed",
  "unfulfilled",
  "partially fulfilled",
  "fulfilled",
  "partially_returned",
  "returned",
  "canceled",
];
const GROUP_ACTIONS = ["add_to_customer_group", "remove_from_customer_group"];

/** Values to offer for a comparison: what the log has, and what is known of the few values that there are. */
export function suggestionsOf(
  left: string,
  fields: readonly DeclaredField[],
  flow: Flow,
  samples: Samples,
): readonly string[] {
  const seen = (samples.get(left) ?? []).map(writtenValue).filter((text) => text && !text.includes("\n"));
  if (left === "customer.groups") return groupsIn(flow);
  if (left === "customer.languageCode") return ["PL", "EN"];
  const operand = operandOf(left);
  const ofOrder = fields.some(({ name, type }) => type === "ORDER" && `${name}.status` === operand.name);
  return operand.source === "dataFields" && ofOrder ? STATUSES : [...new Set(seen)];
}

/** The names of groups that steps of this scenario write, as far as they are no templates. */
function groupsIn(flow: Flow): readonly string[] {
  const named = flow.steps.flatMap(({ action, config }) =>
    GROUP_ACTIONS.includes(textOf(action)) && isMembers(config) ? [textOf(config.group).trim()] : [],
  );
  return [...new Set(named)].filter((name) => name && !name.includes("{"));
}
