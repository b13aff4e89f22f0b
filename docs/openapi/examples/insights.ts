const share = (count: number, of: number) => ({ count, of, rate: of === 0 ? null : count / of });

/** The days of a stage count when the transaction closes. */
const none = { count: 0, median: null, p90: null };

const figures = (transactions: number) => ({
  transactions,
  outcomes: {
    results_complete: 0,
    results_incomplete: 0,
    failed: 0,
    cancelled: 0,
    open: transactions,
  },
  decisions: { new_order: 0, enough: 0, declined: 0, other: 0 },
  redraws: share(transactions, transactions),
  overdue: share(0, transactions),
  overdue_redraws: share(0, transactions),
  days: {
    awaiting_order: none,
    awaiting_requisition: none,
    awaiting_appointment: none,
    awaiting_draw: none,
    awaiting_result: none,
    until_results: none,
  },
  redraw_days: {
    awaiting_order: none,
    awaiting_requisition: none,
    awaiting_appointment: none,
    awaiting_draw: none,
    awaiting_result: none,
    until_results: none,
  },
});

/** The only transaction has an open redraw; in the month before there was none. */
export const insightExamples = {
  insights: {
    from: '2026-03',
    to: '2026-03',
    by: 'test',
    total: figures(1),
    former: { from: '2026-02', to: '2026-02', total: figures(0) },
    groups: [
      {
        name: 'Lipids',
        ...figures(1),
        former: { transactions: 0, redraws: share(0, 0) },
      },
    ],
    causes: [],
    left_out: 0,
  },
};
