/** The web platform's URL and IDNA tests: what is admitted has the standard's host. */
import { describe, expect, test } from "vitest";
import { parseHost } from "../../schema/values/host.ts";
import { parseUrl } from "../../schema/values/url.ts";
import { figure } from "../figure.ts";
import { missing, textOf } from "./corpora.ts";

const open = { allowIp: true, query: "ignored", fragment: "ignored" } as const;

interface UrlRow {
  readonly input: string;
  readonly base?: string | null;
  readonly failure?: boolean;
  readonly hostname?: string;
  readonly protocol?: string;
  readonly port?: string;
}

interface NameRow {
  readonly input: string;
  readonly output: string | null;
}

/** The rows of a file; its strings are comments. */
function rowsOf<Row>(file: string): readonly Row[] {
  const rows: readonly (Row | string)[] = JSON.parse(textOf(`wpt-url/${file}`));
  return rows.flatMap((row) => (typeof row === "string" ? [] : [row]));
}

describe.skipIf(missing)("WPT URL (AMBIT_CORPORA)", () => {
  const files = [
    "urltestdata.json",
    "urltestdata-javascript-only.json",
    "ada_extra_urltestdata.json",
    "ada_long_urltestdata.json",
  ];

  test("URLs: scheme, host and port are those of the standard wherever the URL is admitted", () => {
    const rows = missing
      ? []
      : files.flatMap((file) => rowsOf<UrlRow>(file)).filter(({ base }) => (base ?? null) === null);
    const admitted = rows.flatMap((row) => {
      const url = parseUrl(row.input, open);
      return url.ok ? [{ row, url: url.value }] : [];
    });
    const equal = admitted.filter(
      ({ row, url }) =>
        row.failure !== true &&
        url.host.value === row.hostname?.replace(/^\[(.*)\]$/, "$1") &&
        `${url.scheme}:` === row.protocol &&
        url.port === Number(row.port || (url.scheme === "https" ? 443 : 80)),
    );
    const refusedByStandard = rows.filter(({ failure }) => failure === true).length;
    figure(
      `WPT URL: ${equal.length} of ${admitted.length} admitted URLs with the standard's host (${rows.length} tried, ${refusedByStandard} of them no URL by the standard)`,
    );
    expect(admitted.filter((one) => !equal.includes(one))).toEqual([]);
    expect(admitted.length).toBeGreaterThan(30);
  });

  test.each(["toascii.json", "IdnaTestV2.json"])("%s: names", (file) => {
    const rows = rowsOf<NameRow>(file);
    const admitted = rows.flatMap((row) => {
      const host = parseHost(row.input);
      return host.ok ? [{ row, host: host.value.value }] : [];
    });
    const different = admitted.filter(({ row, host }) => host !== row.output);
    figure(
      `WPT ${file}: ${admitted.length - different.length} of ${admitted.length} admitted names as by the standard (${rows.length} tried)`,
    );
    expect(different).toEqual([]);
    expect(admitted.length).toBeGreaterThan(0);
  });
});
