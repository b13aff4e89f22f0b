import type * as z from 'zod';
import type { Label } from './setting-label.ts';

/** One setting of a deployment. */
export interface Setting {
  readonly schema: z.ZodType;
  /** What it must be, for an error message. */
  readonly expected: string;
  readonly means: string;
  /** The type of its prop; text if there is none. */
  readonly type?: string;
  /** What applies if it is not set, if its schema has no default. */
  readonly otherwise?: string;
}

/** The settings that a capability adds to those of the core. Apart from its constructs, which know the whole configuration. */
export interface CapabilitySettings {
  readonly keys: Readonly<Record<string, Setting>>;
  /** The setting that switches it on. */
  readonly switch: string;
  isOn(configuration: object): boolean;
  /** The scopes that only its routes need. */
  readonly scopes: readonly string[];
  /** A sentence per conflict between its settings. */
  conflictsOf(configuration: object, label: Label): string[];
  /** The types of its props that are not TypeScript's own, by their file from the root. */
  readonly types: Readonly<Record<string, readonly string[]>>;
}
