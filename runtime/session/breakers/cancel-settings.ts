/** How cancels are made where nothing else is said. */
import { givenText } from "../../messages/given.ts";
import {
  defaultCancelAttempts,
  defaultCancelPauseSeconds,
  defaultCancelSeconds,
  type SessionOptions,
} from "../settings.ts";

type CancelSettings = Required<Pick<SessionOptions, "cancelAttempts" | "cancelSeconds" | "cancelPauseSeconds">>;

/** @throws TypeError for settings that are none */
export function cancelSettings({
  canceller,
  cancelAttempts = defaultCancelAttempts,
  cancelSeconds = defaultCancelSeconds,
  cancelPauseSeconds = defaultCancelPauseSeconds,
}: SessionOptions): CancelSettings {
  if (canceller !== undefined && typeof canceller !== "function") throw new TypeError("`canceller` must be a function");
  if (!Number.isInteger(cancelAttempts) || cancelAttempts < 1 || cancelAttempts > 1_000)
    throw new TypeError(`\`cancelAttempts\` must be a whole number from 1 to 1000, not ${givenText(cancelAttempts)}`);
  requireSeconds("cancelSeconds", cancelSeconds);
  requireSeconds("cancelPauseSeconds", cancelPauseSeconds);
  return { cancelAttempts, cancelSeconds, cancelPauseSeconds };
}

function requireSeconds(name: string, value: number): void {
  if (typeof value !== "number" || !(value >= 0.001 && value <= 3_600))
    throw new TypeError(`\`${name}\` must be a number of seconds from 0.001 to 3600, not ${givenText(value)}`);
}
