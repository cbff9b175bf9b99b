/** Orders for the tests. */
import { signOrder } from "../../runtime/people/sign.ts";
import type { OrderPayload } from "../../schema/people.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { envelope, now } from "./people.ts";

export type OrderRest = { readonly [K in keyof OrderPayload]?: unknown };

/** To kill the session `s1` where nothing else is said. A member that is undefined is left out. */
export function orderPayload(rest: OrderRest = {}): OrderPayload {
  const iat = now / 1000 - 60;
  const roles = ["risk"];
  const made: object = {
    order: "kill",
    envelope,
    session: "s1",
    reason: "it trades at the wrong venue",
    roles,
    iat,
    exp: iat + 3600,
    ...rest,
  };
  return JSON.parse(JSON.stringify(made));
}

/** Signed by the key of a person. */
export async function orderText(person: string, rest: OrderRest = {}): Promise<string> {
  return signOrder((await keyPair(person)).signer, orderPayload(rest));
}
