// Apart from what makes the outputs: the package declares this, and nothing that it imports.

/** A value that people and programs need after a deployment. */
export interface ServiceOutput {
  readonly value: string;
  readonly description: string;
}
