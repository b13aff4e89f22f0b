const matchReview = {
  id: '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33',
  team_id: '6353bcab-0000-4000-8000-000000000001',
  state: 'open',
  status: 'pending_customer_review',
  decision_code: 'multiple_demo_match',
  resolution_action: null,
  resolved_order_id: null,
  opened_at: '2026-03-10T08:00:00.000000Z',
  closed_at: null,
  returned_at: null,
};

export const matchReviewExamples = {
  matchReview,
  matchReviewList: { match_reviews: [matchReview], next_cursor: null },
};
