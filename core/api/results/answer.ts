import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { transactionId } from '../answer-fields.ts';

export const patient = z.object({ transaction_id: transactionId, name: z.string() });
DOCS: describe(patient, {
  id: 'Patient',
  description: 'The name of a patient, as Junction has it now.',
  properties: { name: 'The first and the last name.' },
});
