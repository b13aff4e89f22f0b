import { FROM_JUNCTION, type Operations } from './operation.ts';

const OF_ORDER = { ...FROM_JUNCTION, 404: 'The order does not exist, or Junction does not have it yet.' };
const PASSED_THROUGH =
  'The results are passed through from Junction unchanged. They are neither stored nor logged.';
const PDF = { type: 'application/pdf', schema: { type: 'string', format: 'binary' } };
const LAB_RESULTS = {
  type: 'object',
  required: ['metadata', 'results'],
  properties: { metadata: { type: 'object' }, results: {} },
  description: 'See `GET /v3/order_transaction/{id}/result` in Junction’s API reference.',
};

export const resultOperations = {
  'GET /v1/transactions/{id}/results': {
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction',
    description: PASSED_THROUGH,
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: { type: 'application/json', schema: LAB_RESULTS },
    problems: FROM_JUNCTION,
  },
  'GET /v1/transactions/{id}/results.pdf': {
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: FROM_JUNCTION,
  },
  'GET /v1/orders/{id}/results': {
    tag: 'results',
    summary: 'Get the results of an order from Junction',
    description:
      'Before a transaction is completed, this is what Junction has: after `redraw_available`, the results of the initial order. They are passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: { type: 'application/json', schema: LAB_RESULTS },
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/results.pdf': {
    tag: 'results',
    summary: 'Get the results of an order from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/requisition.pdf': {
    tag: 'results',
    summary: 'Get the requisition of an order from Junction as a PDF',
    description:
      'For a redraw, the patient takes the new requisition to the lab. It is passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The requisition as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
} satisfies Operations;
