export const quarantineExamples = {
  quarantineList: {
    quarantined: [
      {
        id: 'a25be430dc6a4eafabbd6e5312affe000d53b79b',
        reason: 'order.id: not a UUID',
        message_id: null,
        event_type: 'labtest.order.updated',
        order_id: null,
        order_transaction_id: null,
        user_id: null,
        received_at: '2026-03-10T08:00:00.000000Z',
        size: 59,
        expires_at: '2026-06-08T08:00:00.000000Z',
        replayed_at: null,
        replay_outcome: null,
      },
    ],
    next_cursor: null,
  },
  replay: {
    id: 'a25be430dc6a4eafabbd6e5312affe000d53b79b',
    outcome: 'quarantined',
    reason: 'order.id: not a UUID',
  },
};
