import data from "moment-timezone/data/packed/latest.json" with { type: "json" };

/** One zone's history: in `[untils[i-1], untils[i])`, in epoch ms, local time is UTC minus `offsets[i]` ms. */
export interface ZoneHistory {
  readonly untils: readonly number[];
  readonly offsets: readonly number[];
  /** From here on (epoch ms) the data says nothing, though the zone keeps changing its clocks. */
  readonly end: number;
}

/** The version of the IANA time zone database, e.g. 2024a. */
export const tzdataVersion: string = data.version;

// A zone whose last known change lies beyond this changes its clocks for ever; the others have settled.
const settled = Date.UTC(2037, 0, 1);
const packed = new Map(data.zones.map((zone) => [zone.slice(0, zone.indexOf("|")), zone]));
const links = new Map(
  data.links.map((link): [string, string] => [link.slice(link.indexOf("|") + 1), link.slice(0, link.indexOf("|"))]),
);
/** Every zone and link, as the database writes them. */
export const zoneNames: readonly string[] = [...packed.keys(), ...links.keys()];
const unpacked = new Map<string, ZoneHistory>();

/** Whether `name` is a zone or a link of the IANA database, exactly as written there. */
export function isZone(name: string): boolean {
  return packed.has(name) || links.has(name);
}

/** The history of a zone; unpacked at first use. */
export function zoneHistory(name: string): ZoneHistory | undefined {
  const zone = links.get(name) ?? name;
  const known = unpacked.get(zone);
  if (known !== undefined) return known;
  const text = packed.get(zone);
  if (text === undefined) return undefined;
  const history = unpack(text);
  unpacked.set(zone, history);
  return history;
}

/** moment-timezone's packed form: name|abbreviations|offsets|indices|differences|population, numbers in base 60. */
function unpack(text: string): ZoneHistory {
  const [, , offsetTexts = "", indices = "", differences = ""] = text.split("|");
  const known = offsetTexts.split(" ").map((offset) => Math.round(base60(offset) * 60_000));
  const offsets = Array.from(indices, (index) => known[base60(index)] ?? 0);
  const untils: number[] = [];
  let at = 0;
  for (const difference of differences === "" ? [] : differences.split(" ")) {
    at = Math.round(at + base60(difference) * 60_000);
    untils.push(at);
  }
  const last = untils.at(-1) ?? 0;
  return { untils, offsets, end: last >= settled ? last : Number.POSITIVE_INFINITY };
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX";

function base60(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  let value = 0;
  for (const digit of whole) value = value * 60 + digits.indexOf(digit);
  let unit = 1 / 60;
  for (const digit of fraction) {
    value += digits.indexOf(digit) * unit;
    unit /= 60;
  }
  return sign * value;
}
