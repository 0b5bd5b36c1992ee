import type { CustomEventCustomerInput } from "@/graphql/generated";
import { Failure } from "@/lib/api";
import type { Filters } from "@/modules/log/filters";

/** A customer whom the log is filtered by, and what they are called here. */
export interface Whom {
  readonly input: CustomEventCustomerInput;
  readonly name: string;
}

/** Give the customer whom filters name; undefined where they name none. */
export function whomOf({ email, customer }: Filters): Whom | undefined {
  if (customer) return { input: { customerId: customer.id }, name: customer.email || customer.id };
  return email ? { input: { email }, name: email } : undefined;
}

/** Whoever types the address with other capitals means the same. */
export function isSame(typed: string, name: string): boolean {
  return typed.trim().toLowerCase() === name.trim().toLowerCase();
}

/** What a mutation refuses is shown as any refusal. */
export function throwRefused(errors: readonly { readonly code: string; readonly message: string }[]): void {
  const error = errors[0];
  if (error) throw new Failure("refused", error.code, error.message);
}
