import { expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { neededTransitions } from "../../runtime/activation/transitions.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { envelopeText, put, set } from "../reading/envelopes.ts";

const local = ["IO_READ_LOCAL", "IO_WRITE_LOCAL", "TOOL_EXEC_LOCAL", "MODEL_CALL_LOCAL"];

const rows: readonly {
  readonly given: string;
  readonly change: readonly PatchOperation[];
  readonly want: readonly string[];
  readonly steps: readonly string[];
}[] = [
  {
    given: "an external effect that executes",
    change: [set("/capabilities", local), set("/effects/pay/channel", "execute")],
    want: ["/effects/pay/channel"],
    steps: ["activate"],
  },
  {
    given: "flags that are not local, of an effect that only proposes",
    change: [set("/capabilities", [...local, "NET_ACCESS", "ACCOUNT_ACCESS"])],
    want: ["/capabilities"],
    steps: ["grant_flag"],
  },
  {
    given: "an effect that creates agents",
    change: [set("/capabilities", local), put("/effects/pay/tags", ["moves_funds", "creates_agent"])],
    want: ["/effects/pay/tags/1"],
    steps: ["create_agent"],
  },
  {
    given: "a window with an oracle, whose flag is granted too",
    change: [set("/capabilities", [...local, "ORACLE_CALL_REMOTE"])],
    want: ["/capabilities", "/capabilities/4"],
    steps: ["grant_flag", "open_oracle"],
  },
  {
    given: "an oracle in base mode",
    change: [set("/mode", "base"), set("/capabilities", [...local, "ORACLE_CALL_REMOTE"])],
    want: ["/capabilities"],
    steps: ["grant_flag"],
  },
  { given: "routine work", change: [set("/capabilities", local)], want: [], steps: [] },
];

test.each(rows)("$given: a note for each step of the activation that asks for two keys", ({ change, want, steps }) => {
  const { diagnostics, envelope } = readEnvelope(envelopeText(...change));
  const notes = diagnostics.filter(({ code }) => code === "fires/two_keys");
  expect(notes.map(({ pointer }) => pointer)).toEqual(want);
  expect(envelope && neededTransitions(envelope).map(({ transition }) => transition)).toEqual(steps);
});

test("the note names each flag once, and none that there is not", () => {
  const { diagnostics } = readEnvelope(envelopeText(set("/capabilities", ["NET_ACCESS", "NET_ACCESS", "MOON"])));
  const [note, ...others] = diagnostics.filter(({ code }) => code === "fires/two_keys");
  expect(note?.message).toContain("the envelope grants `NET_ACCESS`: ");
  expect(others).toEqual([]);
});
