/** A command that tells of an option it does not know before one that is missing: the one was likely meant for the other. */
import { Command, type ParseOptionsResult } from "commander";

export class FrankCommand extends Command {
  override createCommand(name?: string): Command {
    return new FrankCommand(name);
  }

  override parseOptions(args: string[]): ParseOptionsResult {
    const parsed = super.parseOptions(args);
    // Nothing is run with an unknown option, so that nothing needs the others.
    if (parsed.unknown.length > 0) for (const option of this.options) option.makeOptionMandatory(false);
    return parsed;
  }
}
