import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { caller } from '../../../core/domain/caller-schema.ts';
import { readAttributes } from '../../../core/store/damaged-items.ts';
import { storedTime } from '../../../core/store/stored-times.ts';
import type { Item, Table } from '../../../core/store/table.ts';
import { itemKey } from '../../../core/store/table-layout.ts';
import { ofEachChannel } from '../rules/channels.ts';
import { newPatient, type PatientRecord } from '../rules/patient-record.ts';

const consentSchema = z.object({ by: z.string(), at: storedTime, caller, given: z.boolean() });
const optOutSchema = z.object({
  by: z.nullable(z.string()),
  at: storedTime,
  caller: z.nullable(caller),
  reason: z.nullable(z.string()),
});
const byChannel = <Value extends z.ZodMiniType>(value: Value) =>
  z.object(ofEachChannel(() => z.exactOptional(value)));

const patientSchema = z.object({
  consent: byChannel(consentSchema),
  opt_out: byChannel(optOutSchema),
  sends: z.nullable(z.object({ day: z.string(), count: z.int() })),
  revision: z.int(),
});

/**
 * Reads what is stored about a user's messages, consistently; an empty record if there is nothing.
 *
 * @throws DamagedItem if the choices of the user cannot be read
 */
export async function readPatient(table: Table, userId: string): Promise<PatientRecord> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: itemKey('PATIENT', userId), ConsistentRead: true }),
  );
  return Item ? readPatientItem(Item) : newPatient(userId);
}

/**
 * Reads the item of a patient.
 *
 * @throws DamagedItem if the item cannot be read as that of a patient
 */
export const readPatientItem = (item: Item): PatientRecord => readAttributes(item, patientIn);

function patientIn({ pk, ...item }: Item): PatientRecord {
  return { ...patientSchema.parse(item), user_id: String(pk).slice('PATIENT#'.length) };
}

/** The item of a patient. */
export function patientItem({ user_id, ...attributes }: PatientRecord): Item {
  return { ...itemKey('PATIENT', user_id), ...attributes };
}
