/** Tools with one argument `v`, bounded to a folder or to a domain and what is below it. */
import type { Effect } from "../../../schema/envelope.ts";
import { oneCall, plainEnvelope } from "../plain-envelope.ts";
import { leavesHost, leavesRoot, root, trustedDomain } from "./escape.ts";

function effect(tool: string, parts: Pick<Effect, "fields" | "allow">): Effect {
  return { ...oneCall, tools: [tool], ...parts };
}

const anywhere = { oneOf: ["http", "https"] };
const site = {
  "v.scheme": anywhere,
  "v.host": { under: [trustedDomain] },
  "v.port": { oneOf: [80, 443, 8080] },
  "v.path": { under: ["/"] },
};
const host = trustedDomain;

export const envelope = plainEnvelope("payloads", {
  absolute: effect("path", { fields: { v: { type: "path", from: "/v" } }, allow: { v: { under: [root] } } }),
  relative: effect("path from a base", {
    fields: { v: { type: "path", from: "/v", base: root } },
    allow: { v: { under: [root] } },
  }),
  paths: effect("set of paths", {
    fields: { v: { type: "set", of: "path", from: "/v", base: root } },
    allow: { v: { under: [root] } },
  }),
  url: effect("url", {
    fields: { v: { type: "url", from: "/v", query: "ignored", fragment: "ignored" } },
    allow: site,
  }),
  ipUrl: effect("url with IPs", {
    fields: { v: { type: "url", from: "/v", allowIp: true, query: "ignored", fragment: "ignored" } },
    allow: site,
  }),
  host: effect("host", { fields: { v: { type: "host", from: "/v" } }, allow: { v: { under: [host] } } }),
});

export interface Probe {
  readonly tool: string;
  /** Ways in which a payload is put into the argument. */
  readonly shapes: readonly ((payload: string) => unknown)[];
  /** Whether this argument, executed, leaves what is allowed. */
  readonly leaves: (argument: string) => boolean;
}

const below = (payload: string) => `${root}/${payload}`;
const asIs = (payload: string) => payload;
const urls = [
  asIs,
  (payload: string) => `http://${payload}`,
  (payload: string) => `https://www.${host}${payload}`,
  (payload: string) => `https://${payload}.${host}/`,
  (payload: string) => `https://www.${host}/${payload}`,
];

export const fileProbes: readonly Probe[] = [
  { tool: "path", shapes: [asIs, below], leaves: leavesRoot },
  { tool: "path from a base", shapes: [asIs, below, (payload) => `x/${payload}`], leaves: leavesRoot },
  { tool: "set of paths", shapes: [(payload) => ["ok", payload]], leaves: leavesRoot },
];

export const addressProbes: readonly Probe[] = [
  { tool: "url", shapes: urls, leaves: leavesHost },
  { tool: "url with IPs", shapes: urls, leaves: leavesHost },
  {
    tool: "host",
    shapes: [asIs, (payload) => `${payload}.${host}`],
    leaves: (argument) => leavesHost(`http://${argument}/`),
  },
];
