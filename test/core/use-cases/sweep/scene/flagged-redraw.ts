import { expect } from 'vitest';
import { later } from '../../../../../core/domain/instant.ts';
import { acknowledge } from '../../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import type { AcknowledgementRequest } from '../../../../../core/use-cases/acknowledgements/acknowledgements.ts';
import { march } from '../../../../../tools/verification/oracle/bodies.ts';
import { person } from '../../../../callers.ts';
import { initialAvailable, ORDERED, ORDERED_AT, redrawAt, TRANSACTION } from './redraw-bodies.ts';
import { Tracker } from './tracker.ts';

export const DAY = 86_400_000;
export const NURSE = { by: 'nurse@example.com', caller: person('nurse'), note: 'called the patient' };
export const DOCTOR = { by: 'doctor', caller: person('doctor') };

/** An ordered redraw that was flagged when its requisition was a day late. */
export async function flagged(): Promise<Tracker> {
  const tracker = new Tracker();
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED]), march(5, '10:00:06'));
  expect(await tracker.sweep(later(ORDERED_AT, DAY))).toMatchObject({ flagged: 1 });
  return tracker;
}

export const acknowledged = (
  tracker: Tracker,
  what: AcknowledgementRequest = NURSE,
  at = march(6, '12:00:00'),
) => acknowledge(tracker.projection, TRANSACTION, what, new Date(at));

export const marksOf = async (tracker: Tracker) => (await tracker.transaction(TRANSACTION))?.marks;
