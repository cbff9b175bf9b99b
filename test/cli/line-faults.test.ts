/** What `ambit eval` says of a line that has a member which there is not: which one, and what there is. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const desk = fileURLToPath(new URL("desk.json", import.meta.url));

async function messageOf(line: unknown): Promise<string> {
  const { out } = await run(["eval", desk, "--json"], { stdin: JSON.stringify(line), now: 0 });
  return JSON.parse(out).violations[0].message;
}

const proposal = { tool: "desk.draft", args: { pages: 1 } };

describe("an unknown member is named beside those that there are", () => {
  test.each<readonly [what: string, line: unknown, says: string]>([
    [
      "of a proposal that stands in the line itself",
      proposal,
      "unknown member `tool`: a line has `id`, `proposal`, `principal`, `now`, `justification`, `state` and `want`",
    ],
    ["of the state", { proposal, state: { meter: {} } }, "unknown member `meter` of `state`: it has `seq`, `phase`,"],
    [
      "of a local time",
      { proposal, state: { local: { "America/New_York": { hour: 9 } } } },
      "unknown member `hour` of the local time of `America/New_York`: it has `day`, `minute` and `date`",
    ],
    [
      "of a local time, without a name",
      { proposal, state: { local: { "America/New_York": { "": 9 } } } },
      "unknown member `` of the local time",
    ],
  ])("%s", async (_, line, says) => {
    expect(await messageOf(line)).toContain(says);
  });
});
