/** What an engine answers is believed only if it is an answer to the question, and the verdict is the one that follows. */
import { describe, expect, test } from "vitest";
import { createHost } from "../../runtime/load.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import { engineThat } from "./fakes.ts";
import { call, envelope, handMade, now } from "./hand-made.ts";

const facts = freshFacts(envelope, "count", now);

/** Both engines give the same answer: nothing but its form can be wrong with it. */
function verdictOn(answer: unknown) {
  const engines = [engineThat("cedar", () => answer), engineThat("rego", () => answer)];
  return createHost({ engines }).load(handMade()).decide(call(1), facts);
}

describe("an answer that is not believed", () => {
  test.each([
    ["an allow for a violated bound", { verdict: "allow", violations: ["kill"] }],
    ["a hold for a bound that nobody can lift", { verdict: "hold", violations: ["kill"] }],
    ["a deny for nothing", { verdict: "deny", violations: [] }],
    ["an id of no bound beside a bound", { verdict: "deny", violations: ["kill", "effects/count/whim/0"] }],
    ["a number beside a bound", { verdict: "deny", violations: ["kill", 7] }],
    ["a bound named twice", { verdict: "deny", violations: ["kill", "kill"] }],
    ["a hole in the list", { verdict: "deny", violations: ["kill", undefined] }],
    ["ids as one text", { verdict: "deny", violations: "kill" }],
    ["a verdict of no kind", { verdict: "DENY", violations: ["kill"] }],
  ])("%s", (_, answer) => {
    expect(verdictOn(answer)).toMatchObject({ verdict: "deny", code: "ENGINE_FAILURE", primary: "engine" });
  });
});

test("an answer that is believed", () => {
  expect(verdictOn({ verdict: "allow", violations: [] })).toMatchObject({ verdict: "allow", primary: null });
  expect(verdictOn({ verdict: "deny", violations: ["kill"] })).toMatchObject({ verdict: "deny", primary: "kill" });
});
