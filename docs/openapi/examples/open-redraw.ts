/** The order of the open redraw, as its transaction shows it. */
export const redrawOrder = {
  id: '0bde0000-0000-4000-8000-000000000002',
  origin: 'redraw',
  parent_id: '0bde0000-0000-4000-8000-000000000001',
  modality: 'walk_in_test',
  lab_test: { name: 'Lipids', lab: 'quest' },
  status: 'received',
  low_level_status: 'ordered',
  low_level_status_created_at: '2026-03-04T08:00:00.000000Z',
  status_detail: null,
  interpretation: null,
  created_at: '2026-03-04T08:00:00.000000Z',
  has_missing_results: null,
  redraw_available_at: null,
  results_reported_at: null,
  critical_result: null,
};

export const redraw = {
  state: 'in_progress',
  order_id: '0bde0000-0000-4000-8000-000000000002',
  single_order: false,
  available_at: '2026-03-03T08:00:00.000000Z',
  stage: 'awaiting_requisition',
  due_at: '2026-03-05T08:00:00.000000Z',
  stale_since: null,
  unchecked: false,
  unchecked_reason: null,
  acknowledgement: null,
  withdrawal: null,
  decision: null,
  missing_results: [],
};
