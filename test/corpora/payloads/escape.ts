/** Where a path or an address really leads: the platform's own readings, and those of tools that decode once too often. */
import { posix } from "node:path";
import { parse as legacyParse } from "node:url";

export const root = "/srv/data";
export const trustedDomain = "whitelisteddomain.tld";

/** Whether any reading of the path ends outside the root: as it is, cut at NUL, unescaped up to three times, backslashes as slashes. */
export function leavesRoot(path: string): boolean {
  return readings(path).some((reading) => {
    const rest = posix.relative(root, posix.resolve(root, reading));
    return rest === ".." || rest.startsWith("../");
  });
}

function readings(path: string): readonly string[] {
  const found = new Set<string>();
  let text = path;
  for (let round = 0; round <= 3; round++) {
    for (const form of [text, text.normalize("NFKC")]) {
      found.add(form).add(form.replaceAll("\\", "/"));
      found.add(form.split("\0")[0] ?? "");
    }
    text = unescaped(text);
  }
  return [...found];
}

/** `%2e`, `%u002e`, and overlong UTF-8 (`%c0%ae`) as lenient decoders read it. */
function unescaped(text: string): string {
  return text
    .replace(/%u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/%c([01])%([0-9a-f]{2})/gi, (_, high, low) =>
      String.fromCharCode((Number.parseInt(high, 16) << 6) | (Number.parseInt(low, 16) & 0x3f)),
    )
    .replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Whether the URL standard, or Node's older parser, sends a request for it to a host outside the trusted domain. */
export function leavesHost(url: string): boolean {
  return [hostByStandard(url), legacyParse(url).hostname].some((host) => !isTrusted(host));
}

function hostByStandard(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

export function isTrusted(host: string | null | undefined): boolean {
  return host === trustedDomain || host?.endsWith(`.${trustedDomain}`) === true;
}
