/** The tools of an effect: one, two, or one action of a tool that all effects share. */
import type { Effect } from "../../../schema/envelope.ts";

const discriminators = [["a0", "z0"], [1, 2], { empty: true }] as const;

export function toolsOf(
  how: string,
  index: number,
): { name: string; written: Effect["tools"][number]; args: Record<string, unknown> }[] {
  const plain = (name: string) => ({ name, written: name, args: {} });
  if (how === "one") return [plain(`tool.e${index}`)];
  if (how === "two") return [plain(`tool.e${index}`), plain(`tool.e${index}b`)];
  const values = discriminators[index] ?? [true];
  const first = "empty" in values ? {} : { action: values[0] };
  const where = { "/action": "empty" in values ? values : [...values] };
  return [
    { name: "tool.action", written: { tool: "tool.action", where }, args: first },
    plain(`tool.e${index}b`),
  ].slice(0, index === 0 ? 1 : 2);
}
