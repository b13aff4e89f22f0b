/** What can be switched off: a folder of its own in capabilities/, which the stack finds in lib/capabilities.ts. */
export interface Capability {
  /** Of its folder. */
  readonly name: string;
  /** Whether it has a rebuild.ts: items of its own that a rebuild of the table has to know. */
  readonly rebuilds: boolean;
}
