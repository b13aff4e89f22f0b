import { expect, test } from 'vitest';
import { questionAboutRedraw, requestForRequisition } from '../../../dashboard/src/next-step/questions.ts';
import { march, transaction } from './sample-transaction.ts';

test('questions and requests name orders and times, and nothing of the patient', () => {
  const redraw = { available_at: march('03-03') };
  expect(questionAboutRedraw(transaction({ user_id: 'patient', redraw }))).toBe(
    'Junction order transaction transaction: a redraw is available since 2026-03-03, but it has no redraw order. When will the order be placed?',
  );
  expect(requestForRequisition('order', 'one', 'https://page.example')).toBe(
    'Please open the requisition of Junction order order and send it to the patient: https://page.example/transactions/one',
  );
});
