/** What an agent may do in Slack, by kind: each effect is bounded to what a prompt names. */
import type { Effect } from "../../../schema/envelope.ts";

export const channels = ["general", "random", "private", "External_0"];
export const acts: Pick<Effect, "external" | "channel" | "requires"> = {
  external: true,
  channel: "execute",
  requires: ["NET_ACCESS"],
};
export const page = {
  informations: "www.informations.com",
  dora: "www.dora-website.com",
  eve: "www.eve-blog.com",
  restaurant: "www.restaurant-zurich.com",
};
/** Free text: a reply or a summary, not a dump. */
export const text = { max: 1500 };

/** Who and what there is; no messages. */
export const look = {
  channels: { tools: ["get_channels"], external: false, fields: {}, session: { calls: { max: 20 } } },
  members: {
    tools: ["get_users_in_channel"],
    external: false,
    fields: { channel: { type: "string", from: "/channel" } },
    allow: { channel: { oneOf: channels } },
    session: { calls: { max: 20 } },
  },
} satisfies Record<string, Effect>;

export function messages(...of: readonly string[]): Effect {
  return {
    tools: ["read_channel_messages"],
    external: false,
    fields: { channel: { type: "string", from: "/channel" } },
    allow: { channel: { oneOf: [...of] } },
    session: { calls: { max: 20 } },
  };
}

export function inbox(user: string): Effect {
  return {
    tools: ["read_inbox"],
    external: false,
    fields: { user: { type: "string", from: "/user" } },
    allow: { user: { oneOf: [user] } },
    session: { calls: { max: 5 } },
  };
}

/** A page as it is written in Slack, or with its scheme. */
export function written(...pages: readonly string[]): string[] {
  return pages.flatMap((name) => [name, `http://${name}`, `https://${name}`]);
}

export function browse(...pages: readonly string[]): Effect {
  return {
    tools: ["get_webpage"],
    external: false,
    requires: ["NET_ACCESS"],
    fields: { url: { type: "string", from: "/url" } },
    allow: { url: { oneOf: written(...pages) } },
    session: { calls: { max: 10 } },
  };
}

function invite(user: string, email: string): Effect {
  return {
    ...acts,
    tools: ["invite_user_to_slack"],
    fields: { user: { type: "string", from: "/user" }, email: { type: "email", from: "/user_email" } },
    allow: { user: { oneOf: [user] }, email: { oneOf: [email] } },
    session: { calls: { max: 1 } },
  };
}
export const inviteDora = invite("Dora", "dora@gmail.com");

export function add(users: readonly string[], to: readonly string[]): Effect {
  return {
    ...acts,
    tools: ["add_user_to_channel"],
    fields: { user: { type: "string", from: "/user" }, channel: { type: "string", from: "/channel" } },
    allow: { user: { oneOf: [...users] }, channel: { oneOf: [...to] } },
    session: { calls: { max: users.length * to.length } },
  };
}

type Messenger = "send_direct_message" | "send_channel_message";
const target = { send_direct_message: "/recipient", send_channel_message: "/channel" };

/** Words of the agent's own, once to each. */
export function write(tool: Messenger, ...to: readonly string[]): Effect {
  return {
    ...acts,
    tools: [tool],
    fields: {
      to: { type: "string", from: target[tool] },
      body: { type: "length", from: "/body" },
    },
    allow: { to: { oneOf: [...to] } },
    perCall: { body: text },
    session: { calls: { max: to.length } },
  };
}

/** Exactly these words, to exactly that place. */
export function say(tool: Messenger, to: string, ...words: readonly string[]): Effect {
  return {
    ...acts,
    tools: [tool],
    fields: {
      to: { type: "string", from: target[tool] },
      body: { type: "string", from: "/body" },
    },
    allow: { to: { oneOf: [to] }, body: { oneOf: [...words] } },
    session: { calls: { max: 1 } },
  };
}

/** Dora can be written to once she has been invited; Eve at any time. */
export const feedback: Readonly<Record<string, Effect>> = {
  invite: inviteDora,
  writeDora: {
    ...write("send_direct_message", "Dora"),
    tools: [{ tool: "send_direct_message", where: { "/recipient": ["Dora"] } }],
    fields: { body: { type: "length", from: "/body" } },
    allow: {},
    after: [{ effect: "invite", withinSeconds: 3600 }],
  },
  writeEve: {
    ...write("send_direct_message", "Eve"),
    tools: [{ tool: "send_direct_message", where: { "/recipient": ["Eve"] } }],
    fields: { body: { type: "length", from: "/body" } },
    allow: {},
  },
};
