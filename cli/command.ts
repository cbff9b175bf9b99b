import type { Command } from "commander";
import type { ExitCode, Io } from "./io.ts";

/** Adds one sub-command to the program; its action tells how it ended through `exit`. */
export type AddCommand = (program: Command, io: Io, exit: (code: ExitCode) => void) => void;
