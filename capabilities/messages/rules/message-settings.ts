import type { Milliseconds } from '../../../core/domain/duration.ts';
import type { Channel } from '../../../core/domain/transaction/told.ts';
import type { ConsentRule } from './consent-rule.ts';

/** The settings that decide which messages are planned. */
export interface PlanSettings {
  /** The channels that are on. */
  readonly channels: readonly Channel[];
  /** The delays of the reminders, from the start of the stage in which the patient has to act. */
  readonly reminders: readonly Milliseconds[];
  /** The names of the templates that are switched off. */
  readonly off: readonly string[];
  /** How late a message may still be sent. */
  readonly tooLate: Milliseconds;
}

/** The settings that decide whether a message is sent now. */
export interface SendSettings extends PlanSettings {
  readonly hours: { readonly from: number; readonly to: number };
  readonly dailyCap: number;
  readonly consent: ConsentRule;
  /** Whether to send messages even where Junction sends its own. */
  readonly besideJunction: boolean;
}
