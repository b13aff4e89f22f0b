import type * as z from 'zod/mini';
import { ofEachChannel } from '../rules/channels.ts';
import type { PatientMessage } from '../rules/message.ts';
import type { PatientRecord } from '../rules/patient-record.ts';
import { messageSettings, patientMessage, patientMessageList } from './answer.ts';

const UNRECORDED = ofEachChannel(() => null);

/** A message as the API shows it. */
export function showMessage(message: PatientMessage): z.output<typeof patientMessage> {
  const { state, due_at } = message;
  return patientMessage.parse({ ...message, due_at: state === 'planned' ? due_at : null });
}

/** The messages of a transaction, oldest first. */
export function showMessages(messages: readonly PatientMessage[]) {
  const ascending = messages.toSorted(
    (one, other) => compare(one.planned_at, other.planned_at) || compare(one.id, other.id),
  );
  return patientMessageList.parse({ messages: ascending.map(showMessage) });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

export function showMessageSettings({ user_id, consent, opt_out }: PatientRecord) {
  return messageSettings.parse({
    user_id,
    consent: { ...UNRECORDED, ...consent },
    opt_out: { ...UNRECORDED, ...opt_out },
  });
}
