/** Whatever `cedar symcc` prints that is not exactly an answer to the question proves nothing. */
import { describe, expect, test } from "vitest";
import { readAnswer } from "../../cli/prove/symcc/answer.ts";

const output = { status: 0, stdout: "✓ Policy never errors: VERIFIED\n", stderr: "" };

describe("an answer proves nothing", () => {
  test.each([
    ["of another question", { ...output, stdout: "✓ Policy never matches: VERIFIED\n" }],
    ["with more than the answer", { ...output, stdout: `${output.stdout}✗ Policy never errors: DOES NOT HOLD\n` }],
    ["behind something else", { ...output, stdout: `warning\n${output.stdout}` }],
    ["of a process that failed", { ...output, status: 1 }],
    ["of a process that was killed", { ...output, status: null }],
    ["that is empty", { ...output, stdout: "" }],
    ["in another case", { ...output, stdout: "✓ policy never errors: verified\n" }],
    ["that refutes without an example", { ...output, stdout: "✗ Policy never errors: DOES NOT HOLD\n" }],
  ])("%s", (_, garbage) => {
    expect(readAnswer("never-errors", garbage).kind).toBe("unsettled");
  });

  test("of a tool that failed, with what it complains of", () => {
    const stderr = "  × Analysis failed\n  ├─▶ Verification failed\n  ╰─▶ solver returned `unknown`\n";
    const reason = "Analysis failed Verification failed solver returned `unknown`";
    expect(readAnswer("equivalent", { status: 1, stdout: "", stderr })).toEqual({ kind: "unsettled", reason });
  });
});

test("a proof and a refutation are told apart", () => {
  expect(readAnswer("never-errors", output)).toEqual({ kind: "holds" });
  const stdout = "✗ Policy never errors: DOES NOT HOLD\n  Counterexample found:\nprincipal: …\n";
  expect(readAnswer("never-errors", { ...output, stdout })).toEqual({
    kind: "fails",
    counterexample: "principal: …\n",
  });
});
