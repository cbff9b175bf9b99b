import { isSaidTemplate } from "../compiler/read/template.ts";
import { UsageError } from "./io.ts";

/** @throws UsageError for a template: read as an envelope it would show an error for each of its own members */
export function expectEnvelope(file: string, source: Uint8Array): void {
  if (isSaidTemplate(source))
    throw new UsageError(
      `\`${file}\` is a template: \`ambit check\` reads it, \`ambit sign --as template\` signs it; an envelope was expected here`,
    );
}
