import { patient } from '../../../core/api/results/answer.ts';
import { labResults } from './junction-results.ts';
import type { Operations } from './operation.ts';
import { NO_NAME, NO_RESULTS_OF_TRANSACTION, NOTHING_OF_ORDER, OF_JUNCTION } from './problems.ts';

const OF_ORDER = { ...OF_JUNCTION, 404: NOTHING_OF_ORDER };
const OF_TRANSACTION = { ...OF_JUNCTION, 404: NO_RESULTS_OF_TRANSACTION };
const PASSED_THROUGH =
  'The results are passed through from Junction unchanged. They are neither stored nor logged.';
const PDF = { type: 'application/pdf', schema: { type: 'string', format: 'binary' } };

export const resultOperations = {
  'GET /v1/transactions/{id}/results': {
    id: 'getTransactionResults',
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction',
    description: PASSED_THROUGH,
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: labResults,
    problems: OF_TRANSACTION,
  },
  'GET /v1/transactions/{id}/results.pdf': {
    id: 'getTransactionResultsPdf',
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: OF_TRANSACTION,
  },
  'GET /v1/orders/{id}/results': {
    id: 'getOrderResults',
    tag: 'results',
    summary: 'Get the results of an order from Junction',
    description:
      'Before a transaction is completed, this is what Junction has: after `redraw_available`, the results of the initial order. They are passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: labResults,
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/results.pdf': {
    id: 'getOrderResultsPdf',
    tag: 'results',
    summary: 'Get the results of an order from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/requisition.pdf': {
    id: 'getOrderRequisitionPdf',
    tag: 'results',
    summary: 'Get the requisition of an order from Junction as a PDF',
    description:
      'For a redraw, the patient takes the new requisition to the lab. It is passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The requisition as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
  'GET /v1/transactions/{id}/patient': {
    id: 'getTransactionPatient',
    tag: 'results',
    summary: 'Get the name of the patient of a transaction from Junction',
    description:
      'Only if the deployment sets `patientNames`. The name is asked of Junction each time. It is neither stored nor logged, and the audit trail has who asked before the answer is given.',
    answer: 'The name of the patient.',
    content: patient,
    example: { transaction_id: '7a000000-0000-4000-8000-000000000001', name: 'Ada Example' },
    problems: { ...OF_JUNCTION, 404: NO_NAME },
  },
} satisfies Operations;
