const share = (count: number, of: number) => ({ count, of, rate: of === 0 ? null : count / of });

const took = (count: number, median: number | null = null, p90: number | null = median) => ({
  count,
  median,
  p90,
});

const figures = (transactions: number) => ({
  transactions,
  outcomes: {
    results_complete: 0,
    results_incomplete: 0,
    failed: 0,
    cancelled: 0,
    open: transactions,
  },
  redraws: share(transactions, transactions),
  overdue: share(0, transactions),
  overdue_redraws: share(0, transactions),
  days: {
    awaiting_order: took(0),
    awaiting_requisition: transactions === 0 ? took(0) : took(1, 0),
    awaiting_appointment: took(0),
    awaiting_draw: took(0),
    awaiting_result: took(0),
    until_results: took(0),
  },
  redraw_days: {
    awaiting_order: transactions === 0 ? took(0) : took(1, 1.3, 1.5),
    awaiting_requisition: took(0),
    awaiting_appointment: took(0),
    awaiting_draw: took(0),
    awaiting_result: took(0),
    until_results: took(0),
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
