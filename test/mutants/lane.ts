/** One copy of the sources, and a vitest that runs tests in it again and again. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createVitest, type TestModule } from "vitest/node";
import { makeCopy } from "./copy.ts";
import type { Mutant } from "./mutant.ts";

export type Verdict =
  | { readonly is: "passed"; readonly tests: number }
  /** The first test that failed. */
  | { readonly is: "failed"; readonly test: string }
  /** No program at all: it does not build, type-check or load. */
  | { readonly is: "broken"; readonly reason: string };

export interface Lane {
  /** What the tests say of the sources as they are. */
  untouched(tests: readonly string[]): Promise<Verdict>;
  /** What the tests that must notice say of the mutant. */
  judge(mutant: Mutant): Promise<Verdict>;
  close(): Promise<void>;
}

export async function openLane(): Promise<Lane> {
  const copy = makeCopy();
  const inCopy = (file: string) => join(copy.folder, file);
  const vitest = await createVitest("test", {
    root: copy.folder,
    config: inCopy("test/mutants/vitest.config.ts"),
    watch: false,
    reporters: [{}],
  });
  await vitest.standalone();

  const run = async (tests: readonly string[]) => {
    const wanted = tests.map(inCopy);
    const specifications = await vitest.globTestSpecifications(wanted);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    // Results of earlier runs stand beside those of this one.
    const modules = testModules.filter(({ moduleId }) => wanted.includes(moduleId));
    if (unhandledErrors.length > 0) return broken(unhandledErrors[0]);
    return modules.length === wanted.length ? verdictOn(modules) : broken("vitest does not find the tests");
  };

  return {
    untouched: (tests) => (tests.length === 0 ? Promise.resolve({ is: "passed", tests: 0 }) : run(tests)),
    async judge(mutant) {
      try {
        copy.apply(mutant);
        if (mutant.file.endsWith(".rego")) await build(copy.folder);
        vitest.invalidateFile(inCopy(mutant.file));
        return await run(mutant.by);
      } catch (cause) {
        return broken(cause);
      } finally {
        copy.restore(mutant);
        vitest.invalidateFile(inCopy(mutant.file));
      }
    },
    async close() {
      await vitest.close();
      copy.remove();
    },
  };
}

/** Only a test that ran and failed has noticed anything: not a file that does not load, nor a program that is none. */
function verdictOn(modules: readonly TestModule[]): Verdict {
  const unloaded = modules.flatMap((module) => module.errors());
  if (unloaded.length > 0) return broken(unloaded[0]);
  const failed = modules.flatMap((module) => [...module.children.allTests("failed")]);
  const crash = failed.flatMap((test) => test.result().errors ?? []).find(({ name }) => isCrash.test(name ?? ""));
  if (crash !== undefined) return broken(crash);
  if (failed[0] !== undefined) return { is: "failed", test: failed[0].fullName };
  const passed = modules.flatMap((module) => [...module.children.allTests("passed")]);
  return passed.length > 0 ? { is: "passed", tests: passed.length } : broken("no test ran");
}

const isCrash = /^(?:Reference|Syntax)Error$/;

function broken(cause: unknown): Verdict {
  const said = typeof cause === "object" && cause !== null && "message" in cause ? cause.message : cause;
  return { is: "broken", reason: String(said) };
}

/** The Rego library of the copy, with the real OPA. */
async function build(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, ["policies/build.ts"], { cwd: folder });
}
