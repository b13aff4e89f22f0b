import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { newPatient, type PatientRecord } from '../../domain/message/patient-record.ts';
import type { Item, Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';

/** Reads what is stored about a user's messages, consistently; an empty record if there is nothing. */
export async function readPatient(table: Table, userId: string): Promise<PatientRecord> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: itemKey('PATIENT', userId), ConsistentRead: true }),
  );
  if (!Item) return newPatient(userId);
  const { pk, sk: _, ...attributes } = Item;
  return { ...attributes, user_id: String(pk).slice('PATIENT#'.length) } as unknown as PatientRecord;
}

/** The item of a patient. */
export function patientItem({ user_id, ...attributes }: PatientRecord): Item {
  return { ...itemKey('PATIENT', user_id), ...attributes };
}
