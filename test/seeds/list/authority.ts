/** The Execution Authority Minimal Specification: four invariants, three levels. */
import { deployments, shown, type Table } from "../item.ts";
import * as by from "../tests.ts";

const self = (name: string) => `test/selfcheck/selfcheck.test.ts: ${name}`;

export const authority: readonly Table[] = [
  {
    title: "Execution Authority: invariants and checklist",
    items: [
      shown("invariant 1", "no execution without an explicit token", "runtime/guard/guard.ts", [
        by.noToken,
        self("level 1 is not reached > by a guard that executes without a token"),
      ]),
      shown(
        "1a",
        "every entry point checks",
        ["runtime/guard/guard.ts", "compiler/targets/types"],
        [
          "test/guard/acting.test.ts: a copy of an allow, a hold, a deny and nothing at all execute nothing",
          "test/types/programs.test.ts: a program that does not compile > $name",
        ],
      ),
      shown("1b", "nothing is allowed by default", "schema/bounds.ts", by.defaultDeny),
      shown("1c", "a missing token is a denial", "runtime/authority/token/verify.ts", by.noToken),
      shown("invariant 2", "tokens are verified cryptographically", "runtime/authority/token/verify.ts", [
        by.forgedToken,
        by.anyByteOfToken,
      ]),
      shown(
        "2a",
        "the signature comes first",
        "runtime/authority/jws/compact.ts",
        "test/authority/token.test.ts: a forged token > signed by another key under the name of ours is denied",
      ),
      shown("2b", "bound to the proposal by its hash", "runtime/proposal-hash.ts", [
        "test/guard/guard.test.ts: attacks > no proposal",
        "test/decoding/proposal-hash.test.ts: for all proposals > equal hashes are equal calls",
      ]),
      shown("2c", "an expiry that is enforced", "runtime/authority/token/lifetime.ts", [
        by.expiredToken,
        "test/authority/token.test.ts: a good token > is believed from its first millisecond to its last",
      ]),
      shown(
        "2d",
        "a scope that is checked",
        "runtime/guard/guard.ts",
        "test/guard/guard.test.ts: attacks > a request that is not the recorded one",
      ),
      shown("invariant 3", "every failure to verify aborts", "runtime/guard/guard.ts", [
        "test/guard/guard.test.ts: attacks > a store that is down executes nothing",
        by.engineFault,
      ]),
      shown("3a", "a wrong signature is a denial", "runtime/authority/jws/compact.ts", by.forgedToken),
      shown("3b", "an expired token is a denial", "runtime/authority/token/verify.ts", by.expiredToken),
      shown(
        "3c",
        "a malformed token is a denial, no exception",
        "runtime/authority/token/verify.ts",
        by.malformedToken,
      ),
      shown(
        "3d",
        "an exception while verifying is a denial",
        "runtime/guard/guard.ts",
        self("level 1 is not reached > by a guard that goes on without a store"),
      ),
      shown("invariant 4", "that nothing was executed can be seen and audited", "runtime/guard/denial.ts", [
        by.denialRecorded,
        by.denialProven,
      ]),
      shown("4a", "denials are logged", "runtime/session/propose.ts", by.verdictsRecorded),
      shown("4b", "with time and reason", "runtime/guard/denial.ts", by.denialRecorded),
      shown("4c", "`executed: false`", "schema/ledger.schema.json", by.denialProven),
      shown("4d", "the trail is immutable", "runtime/ledger/chain/seal.ts", [by.everyByte, by.chainBroken]),
    ],
  },
  {
    title: "Execution Authority: levels",
    note: "`ambit selfcheck` says which of them a deployment reaches.",
    items: [
      shown("level 1", "structural: the four invariants", "cli/selfcheck/structural.ts", [
        by.selfcheckWell,
        self("level 1 is not reached > by a guard that believes every signature"),
        self("level 1 is not reached > by a guard that denies and records nothing"),
      ]),
      shown(
        "level 2",
        "cryptographic: standard signatures, canonical forms, short tokens, an immutable log",
        "cli/selfcheck/cryptographic.ts",
        [
          by.selfcheckWell,
          self("level 2 is not reached > with a record changed in the ledger"),
          self("level 2 is not reached > with tokens that are good for long"),
        ],
      ),
      shown("level 3: formal verification", "proofs of the invariants", "cli/prove/prove.ts", [
        "test/prove/proofs.test.ts: proven > the example %s",
        "test/model/model.test.ts: a guard taken away > %s breaks %s",
        self("level 3 is not reached > with proofs with a claim that is not settled"),
      ]),
      shown(
        "level 3: exclusion",
        "the executor is excluded where the verdict is stop",
        "compiler/targets/types",
        "test/types/programs.test.ts: a program that does not compile > $name",
      ),
      shown(
        "level 3: key storage",
        "HSM or KMS",
        "runtime/authority/keys.ts",
        [
          "test/authority/remote-signer.test.ts: a signer in another process > signs the tokens that a key in this process would, several at a time",
          self("level 3 is not reached > with a key in a file: that level asked for ends with 1, the one below with 0"),
        ],
        "The hardware is the deployment's.",
      ),
      shown(
        "level 3: Merkle trail",
        "a distributed trail, verified by Merkle trees",
        "runtime/ledger/checkpoint",
        [
          "test/merkle/checkpoint.test.ts: rewriting shows > of any record before the checkpoint, in the ledger and between checkpoints",
          self("level 3 is not reached > with a checkpoint that somebody else has signed"),
        ],
        "Keeping checkpoints elsewhere is the deployment's.",
      ),
      shown("auditor's tests", "forgery, replay, tampering, no token", "cli/selfcheck/attacks", by.selfcheckWell),
      deployments(
        "non-goals",
        "prompt safety, semantic filtering, model behaviour, data loss",
        "Out of scope there and here; rate limits, out of scope there, are bounds here.",
      ),
    ],
  },
];
