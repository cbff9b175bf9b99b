/** `ambit prove` at its front door, with tools that are missing, broken, slow or dishonest: nothing of it is a proof. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../cli/run.ts";

const envelope = join(import.meta.dirname, "../../examples/research-base/envelope.json");
const folder = mkdtempSync(join(tmpdir(), "ambit-fakes-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** A program of the shell. */
function fake(script: string): string {
  count += 1;
  const path = join(folder, `fake-${count}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return path;
}

const solver = fake("exit 0");
const env = { PATH: process.env.PATH ?? "" };

/** Answers the two questions that are asked first as Cedar would, and everything else by the script. */
const honestAtFirst = (script: string) => `
  case "$*" in
    --version) echo "cedar-policy-cli 4.14.1"; exit 0;;
  esac
  for file; do :; done
  case "$*" in
    *never-errors*) grep -q '^permit (principal, action, resource);$' "$file" && { echo "✓ Policy never errors: VERIFIED"; exit 0; };;
    *never-matches*) printf '✗ Policy never matches: DOES NOT HOLD\\n  Counterexample found:\\nx\\n'; exit 0;;
  esac
  ${script}`;

/** Not one that has ended and is only waiting for somebody to hear of it. */
function isRunning(pid: number): boolean {
  return /^[^Z\s]/.test(spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}

const proveWith = (cedar: string, ...more: readonly string[]) =>
  run(["prove", envelope, "--cedar", cedar, "--solver", solver, ...more], { env });

describe("exit 2, with a sentence that says what to do, where", () => {
  test.each([
    ["there is no Cedar", "/nonexistent/cedar", "cargo install cedar-policy-cli@4.14.1 --features analyze"],
    ["Cedar has no symcc", fake(`echo "error: unrecognized subcommand 'symcc'" >&2; exit 2`), "has no `symcc`"],
    ["Cedar fails", fake("echo oh dear >&2; exit 1"), "does not work here: oh dear"],
    ["Cedar prints garbage", fake("echo 42"), "does not work here: cedar answered in a form that is not known"],
    ["Cedar says nothing", fake("exit 0"), "does not work here"],
    ["Cedar is killed", fake("kill -9 $$"), "does not work here"],
    [
      "Cedar proves whatever it is asked",
      fake(`
      case "$*" in
        *never-errors*) echo "✓ Policy never errors: VERIFIED";;
        *) echo "✓ Policy never matches: VERIFIED";;
      esac`),
      "cannot be believed",
    ],
  ])("%s", async (_, cedar, said) => {
    const { code, out, err } = await proveWith(cedar);
    expect(err).toContain(said);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test("there is no solver", async () => {
    const { code, err } = await run([
      "prove",
      envelope,
      "--cedar",
      fake(honestAtFirst("exit 1")),
      "--solver",
      "/nonexistent/cvc5",
    ]);
    expect(err).toContain("needs the solver cvc5");
    expect(code).toBe(2);
  });

  test.each(["0", "-1", "1.5", "x", ""])("the number of jobs is %j", async (jobs) => {
    expect((await proveWith("cedar", "--jobs", jobs)).code).toBe(2);
  });
});

describe("exit 1, nothing proven, where a tool that seemed honest", () => {
  test.each([
    ["fails", "exit 1", "cedar ended with status 1"],
    ["prints garbage", "echo VERIFIED", "cedar answered in a form that is not known"],
    ["answers another question", `echo "✓ Policy is fine: VERIFIED"`, "cedar answered in a form that is not known"],
    ["does not know", `echo "solver returned unknown" >&2; exit 1`, "solver returned unknown"],
    ["takes too long", "sleep 30", "no answer within 1 s"],
  ])(
    "%s",
    async (_, script, reason) => {
      const { code, out } = await proveWith(fake(honestAtFirst(script)), "--json", "--timeout", "1", "--jobs", "40");
      const report = JSON.parse(out);
      expect(code).toBe(1);
      expect(report.ok).toBe(false);
      expect(report.unsettled).toBeGreaterThan(50);
      const claims = report.effects.flatMap((effect: { claims: unknown[] }) => effect.claims);
      expect(claims).toContainEqual(
        expect.objectContaining({ outcome: "unsettled", reason: expect.stringContaining(reason) }),
      );
      const proven = claims.filter((claim: { outcome: string }) => claim.outcome === "proven");
      expect(new Set(proven.map(({ claim }: { claim: string }) => claim))).not.toContain("never_errs");
    },
    60_000,
  );

  test("takes too long, and leaves no process behind", async () => {
    const pids = join(folder, "pids");
    await proveWith(fake(honestAtFirst(`sleep 31 & echo $! >>${pids}; wait`)), "--timeout", "1", "--jobs", "40");
    const started = readFileSync(pids, "utf8").trim().split("\n").map(Number);
    expect(started.length).toBeGreaterThan(50);
    await expect.poll(() => started.filter(isRunning)).toEqual([]);
  }, 60_000);

  test("refutes everything, in words, with what it found", async () => {
    const script = `echo "✗ Policy never errors: DOES NOT HOLD
  Counterexample found:
no request"`;
    const { code, out } = await proveWith(fake(honestAtFirst(script)));
    expect(code).toBe(1);
    expect(out).toMatch(/refuted `permit\/append_log`: it does not hold\n +no request\n/);
    expect(out).not.toMatch(/✓ no policy can err/);
  });
});

test("an envelope that does not compile is not proven", async () => {
  const path = join(folder, "envelope.json");
  writeFileSync(path, "{}");
  const { code, err } = await run(["prove", path, "--cedar", "/nonexistent/cedar"]);
  expect(code).toBe(1);
  expect(err).toContain("error");
});
