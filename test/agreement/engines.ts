/** The three readings behind the public door: what they agree on, or what each of them said. */
import { compile } from "../../compiler/compile.ts";
import { createHost, type Evaluator } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer, Verdict } from "../../schema/verdict.ts";

const utf8 = new TextEncoder();
const faults: string[] = [];

const host = createHost({
  engines: ["cedar", "rego", "reference"],
  cedarWasm: await cedarWasm(),
  onFault: ({ message, outcomes }) =>
    faults.push([message, ...outcomes.map((outcome) => JSON.stringify({ ...outcome, cause: undefined }))].join("\n")),
});

/** Compiles a document that is expected to be free of errors, and loads it into all three engines. */
export function loadEverywhere(document: unknown): Evaluator {
  const { diagnostics, artefacts } = compile(utf8.encode(JSON.stringify(document)));
  if (artefacts !== undefined) return host.load(artefacts);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  throw new Error(
    `does not compile: ${errors.map(({ code, pointer, message }) => `${code} ${pointer}: ${message}`).join("\n")}`,
  );
}

/** The answer that all engines give. Throws what each of them says where they differ or fail. */
export function answerOf(evaluator: Evaluator, request: HostileRequest): EngineAnswer {
  return agreed(() => evaluator.judge(request));
}

export function agreed(ask: () => Verdict): EngineAnswer {
  faults.length = 0;
  const { verdict, violations } = ask();
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return { verdict, violations: violations.map(({ id }) => id) };
}
