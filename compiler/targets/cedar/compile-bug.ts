/** The emitter contradicts itself or Cedar: a mistake in Ambit, never in the envelope. Nothing is written. */
export class CompileBug extends Error {
  override readonly name = "CompileBug";
}
