export const discardExamples = {
  discard: { by: 'lab-ops@example.com', note: 'The example of a test of the endpoint.' },
  discardedOrder: { order_ids: ['0bde0000-0000-4000-8000-000000000007'] },
  discardedReview: { order_ids: [] },
};
