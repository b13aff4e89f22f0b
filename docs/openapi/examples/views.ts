import { olivia } from './caller.ts';

const view = {
  id: '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e77',
  name: 'Quest, overdue',
  address: 'show=unassigned&f=lab%3DQuest&f=due%3DOverdue',
  by: 'lab-ops@example.com',
  at: '2026-03-10T08:00:00.000000Z',
  caller: olivia,
};

export const viewExamples = {
  viewRequest: { name: view.name, address: view.address, replaces: null },
  sharedView: view,
  sharedViewList: { views: [view] },
  deletedView: { view },
};
