import { expect, test } from "vitest";
import { diagnose, put } from "../reading/envelopes.ts";
import { field, judge } from "./table.ts";

const warned = ["value/wider_network /effects/pay/allow/net/noneUnder"];
const net = (allow: object) => field("net", { type: "cidr" }, { allow });

judge("a network that holds an excluded one", [
  {
    given: "lies below what is allowed",
    change: net({ under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] }),
    want: warned,
  },
  {
    given: "is allowed itself",
    change: net({ under: ["10.8.0.0/15"], noneUnder: ["10.9.0.0/16"] }),
    want: warned,
  },
  {
    given: "is allowed by a list with a name",
    change: [
      put("/sets", { open: ["2001:db8::/32"], shut: ["2001:db8:1::/48"] }),
      ...net({ under: { set: "open" }, noneUnder: { set: "shut" } }),
    ],
    want: warned,
  },
  {
    given: "is excluded too, up to the widest",
    change: net({ under: ["10.0.0.0/8", "192.168.0.0/16"], noneUnder: ["10.0.0.0/8", "10.9.0.0/16"] }),
    want: [],
  },
  { given: "lies elsewhere", change: net({ under: ["10.0.0.0/8"], noneUnder: ["192.168.0.0/16"] }), want: [] },
  {
    given: "is not among those listed",
    change: net({ oneOf: ["10.1.0.0/16"], under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] }),
    want: [],
  },
  {
    given: "is no address",
    change: field("net", { type: "ip" }, { allow: { under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] } }),
    want: [],
  },
]);

test("the message names both networks", () => {
  const [found] = diagnose(...net({ under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] }));
  expect(found?.message).toContain("`10.9.0.0/16`");
  expect(found?.message).toContain("`10.0.0.0/8`");
  expect(found?.severity).toBe("warning");
});
