import type { TypedDocumentString } from "@/graphql/generated";
import { nextToken, surroundings } from "@/lib/bridge";

export const ENDPOINT = "/plugins/global/custom-events/graphql/";
/** Milliseconds for one request, and for a new token once the old one was refused (the dashboard sends one by itself). */
const PATIENCE = 30_000;
const TOKEN_PATIENCE = 15_000;

/**
 * Why a question got no answer.
 * `network`: nothing came back. `expired`: the dashboard gave no token that is still good. `server`: our side failed.
 * `refused`: we may not, or asked wrongly; then `code` is the API's stable one and `message` its English sentence.
 */
export type FailureKind = "network" | "expired" | "server" | "refused";

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Answered<Result> {
  readonly data?: Result;
  readonly errors?: readonly GraphQLProblem[];
}

interface GraphQLProblem {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly exception?: { readonly code?: string } };
}

/** Ask our GraphQL. Rejects with Failure, or with an AbortError where `signal` was aborted. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const token = surroundings().token || (await freshToken(""));
  const first = await send(document, variables, token, signal);
  if (!isAboutToken(first.errors)) return settled(first);
  // It expired between two refreshes (a laptop that slept): the dashboard's next one is on its way.
  return settled(await send(document, variables, await freshToken(token), signal));
}

async function freshToken(than: string): Promise<string> {
  try {
    return await nextToken(than, TOKEN_PATIENCE);
  } catch {
    throw new Failure("expired", "INVALID_TOKEN", "The dashboard gave no valid token.");
  }
}

async function send<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  token: string,
  signal?: AbortSignal,
): Promise<Answered<Result>> {
  const timeout = AbortSignal.timeout(PATIENCE);
  let response: Response;
  try {
    response = await fetch(ENDPOINT, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return await read<Result>(response);
  } catch (error) {
    if (error instanceof Failure || signal?.aborted) throw error;
    throw new Failure("network", "NETWORK", "The store did not answer.");
  }
}

async function read<Result>(response: Response): Promise<Answered<Result>> {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.status === 401)
    return { errors: [{ message: "", extensions: { exception: { code: "InvalidTokenError" } } }] };
  if (type.startsWith("application/problem+json")) {
    const problem = (await response.json()) as { code: string; detail: string };
    throw new Failure(response.status >= 500 ? "server" : "refused", problem.code, problem.detail);
  }
  if (!type.startsWith("application/json")) throw new Failure("server", `HTTP_${response.status}`, response.statusText);
  return (await response.json()) as Answered<Result>;
}

function isAboutToken(errors: Answered<unknown>["errors"]): boolean {
  return errors?.some((error) => error.extensions?.exception?.code === "InvalidTokenError") ?? false;
}

function settled<Result>(answered: Answered<Result>): Result {
  const error = answered.errors?.[0];
  if (error) throw failureOf(error);
  if (!answered.data) throw new Failure("server", "EMPTY", "The answer was empty.");
  return answered.data;
}

function failureOf(error: GraphQLProblem): Failure {
  const code = error.extensions?.code ?? error.extensions?.exception?.code ?? "";
  if (code === "InvalidTokenError") return new Failure("expired", "INVALID_TOKEN", error.message);
  if (error.message === "Internal Server Error") return new Failure("server", "INTERNAL_ERROR", error.message);
  return new Failure("refused", code, error.message);
}
