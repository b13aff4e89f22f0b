import type { Milliseconds } from '../duration.ts';
import type { Channel } from './channels.ts';
import type { ConsentRule } from './consent-rule.ts';

/** What decides which messages are wanted. */
export interface PlanSettings {
  /** The channels that are on. */
  readonly channels: readonly Channel[];
  /** The delays of the reminders, from the start of the stage in which the patient has to act. */
  readonly reminders: readonly Milliseconds[];
  /** The names of the templates that are switched off. */
  readonly off: readonly string[];
  /** How long after its time a message still makes sense. */
  readonly tooLate: Milliseconds;
}

/** What decides whether a message goes now. */
export interface SendSettings extends PlanSettings {
  readonly hours: { readonly from: number; readonly to: number };
  readonly dailyCap: number;
  readonly consent: ConsentRule;
  /** Whether messages go although Junction sends its own. */
  readonly besideJunction: boolean;
}
