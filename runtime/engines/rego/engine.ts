/** The Rego engine: policy.wasm, run by this host with the normalised envelope as its data (SPEC §6). */
import { artefactFiles } from "../../../schema/artefacts.ts";
import { fileDigest } from "../../../schema/file-digest.ts";
import { canonicalJson, sha256 } from "../../../schema/json/canonical.ts";
import { ownMember } from "../../own.ts";
import { type Engine, EngineFault, type LoadedPolicy, type Policy } from "../engine.ts";
import { parseAnswer } from "./answer.ts";
import { inputOf } from "./input.ts";
import { compileModule } from "./module.ts";
import { createPool, type Pool, type PoolLimits } from "./pool.ts";

/** Policies with the same policy.wasm share its instances. */
export function regoEngine(limits?: PoolLimits): Engine {
  const pools = new Map<string, Shared>();
  const poolOf = (digest: string, wasm: Uint8Array): Shared => {
    const shared = pools.get(digest) ?? { pool: createPool(compileModule(wasm), limits), tenants: 0 };
    pools.set(digest, shared);
    return shared;
  };
  return {
    name: "rego",
    load(policy) {
      const wasm = fileOf(policy, artefactFiles.wasm);
      const digest = fileDigest(wasm);
      if (digest !== policy.manifest.files[artefactFiles.wasm]) throw corrupted(artefactFiles.wasm);
      const data = dataOf(policy);
      const shared = poolOf(digest, wasm);
      shared.tenants += 1;
      return loaded(shared.pool, data, () => {
        shared.tenants -= 1;
        if (shared.tenants === 0) pools.delete(digest);
      });
    },
  };
}

interface Shared {
  readonly pool: Pool;
  tenants: number;
}

function loaded(pool: Pool, data: string, left: () => void): LoadedPolicy {
  const tenant = pool.enter(data);
  let dropped = false;
  return {
    judge(request) {
      if (dropped) throw new EngineFault("the policy has been dropped");
      return tenant.evaluate(inputOf(request), parseAnswer);
    },
    renew: () => tenant.renew(),
    drop() {
      if (dropped) return;
      dropped = true;
      tenant.leave();
      left();
    },
  };
}

/** The document that the policy has as `data`: this envelope, and no other that the file may hold. */
function dataOf(policy: Policy): string {
  const envelopes = ownMember(ownMember(parseData(fileOf(policy, artefactFiles.data)), "ambit"), "envelopes");
  const envelope = ownMember(envelopes, policy.manifest.envelope);
  if (envelope === undefined || sha256(canonicalJson(envelope)) !== policy.manifest.normalised)
    throw corrupted(artefactFiles.data);
  return canonicalJson({ ambit: { envelopes: { [policy.manifest.envelope]: envelope } } });
}

function parseData(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new EngineFault(`\`${artefactFiles.data}\` is not JSON`, { cause });
  }
}

function fileOf({ artefacts }: Policy, path: string): Uint8Array {
  const bytes = artefacts.get(path);
  if (bytes === undefined) throw new EngineFault(`\`${path}\` is missing`);
  return bytes;
}

function corrupted(path: string): EngineFault {
  return new EngineFault(`\`${path}\` is not the file that the manifest names: its digest differs`);
}
