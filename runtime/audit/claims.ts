/** The names that sessions have for themselves: the store's own table beside the records, which no hash covers (SPEC §12). */
import { showText } from "../../schema/json/show.ts";
import type { FindingCode } from "./finding.ts";

/** One row of the table. */
export interface ClaimRow {
  readonly name: string;
  readonly session: string;
}

/** A session that began with an activation. */
interface Activated {
  readonly id: string;
  /** Undefined where the envelope cannot be read. */
  readonly principal: string | undefined;
}

type Add = (code: FindingCode, message: string) => void;

/** Without its claim an id could be activated again; a claim without its session keeps an id from ever being activated. */
export class Claims {
  readonly #sessions = new Map<string, Activated>();

  began(session: string, id: string, principal: string | undefined): void {
    this.#sessions.set(session, { id, principal });
  }

  /**
   * @param rows all of them
   * @param only the session that was looked at; all where it is undefined
   */
  check(rows: Iterable<ClaimRow>, only: string | undefined, add: Add): void {
    const claimed = new Set<string>();
    for (const { name, session } of rows) {
      if (only !== undefined && session !== only) continue;
      const began = this.#sessions.get(session);
      const what = `\`${showText(name)}\` is claimed for session ${showText(session)}`;
      if (began === undefined) add("CLAIM_FOREIGN", `${what}, which was not activated in this ledger`);
      else if (name === began.id) claimed.add(session);
      else if (!isWindowOf(name, began.principal)) add("CLAIM_FOREIGN", `${what}, whose envelope has another id`);
    }
    for (const [session, { id }] of this.#sessions)
      if (!claimed.has(session))
        add(
          "CLAIM_MISSING",
          `session ${session} has not claimed its envelope's id \`${showText(id)}\`: it could be activated again`,
        );
  }
}

/** As `placeOfWindow` names them. Of an envelope that cannot be read, nobody knows the principal. */
function isWindowOf(name: string, principal: string | undefined): boolean {
  const [what, whose, ordinal, ...more] = name.split("\n");
  return (
    what === "window" &&
    more.length === 0 &&
    /^[1-9]\d*$/.test(ordinal ?? "") &&
    (principal === undefined || whose === principal)
  );
}
