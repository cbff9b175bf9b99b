/** Asking a stock OPA from a service: an answer that is late, missing or not understood is a deny. */

export interface OpaAnswer {
  readonly verdict: "allow" | "hold" | "deny";
  /** The ids of all violated bounds; `engine` where OPA gave no answer. */
  readonly violations: readonly string[];
}

const unanswered: OpaAnswer = { verdict: "deny", violations: ["engine"] };

/**
 * @param opa such as `http://127.0.0.1:8181`
 * @param request the document that the engines judge, of `buildRequest` or `ambit eval --json --request`
 */
export async function askOpa(opa: string, request: unknown, timeoutMilliseconds = 500): Promise<OpaAnswer> {
  try {
    const response = await fetch(`${opa}/v1/data/ambit/decision`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ input: request }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    return response.status === 200 ? answerIn(await response.json()) : unanswered;
  } catch {
    return unanswered;
  }
}

/** OPA answers 200 without a result where no bundle is active. Only an allow without violations is one. */
function answerIn(body: unknown): OpaAnswer {
  const { verdict, violations } = membersOf(membersOf(body).result);
  if (!Array.isArray(violations) || !violations.every((id) => typeof id === "string")) return unanswered;
  if (verdict === "allow") return violations.length === 0 ? { verdict, violations } : unanswered;
  return verdict === "hold" || verdict === "deny" ? { verdict, violations } : unanswered;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
