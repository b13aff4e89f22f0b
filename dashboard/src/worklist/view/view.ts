import type { DueStatus } from '../../redraw/due-status.ts';
import { REACHES, type Reach } from '../../wording/messages.ts';
import { STAGES } from '../../wording/status.ts';
import { AGE_GROUPS, type AgeGroup } from '../overview/age-groups.ts';

/** The filters, sort order and page of the worklist, all in the URL. Null means no filter. */
export interface WorklistView {
  readonly due: DueStatus | null;
  /** Any of these; all if there are none. */
  readonly stages: readonly string[];
  readonly test: string | null;
  readonly lab: string | null;
  readonly modality: string | null;
  /** The day by which the lab expects the results at the latest, `2026-03-20`. As in the URL: it may not be a day. */
  readonly expectedBy: string | null;
  readonly acknowledged: boolean | null;
  /** Whether the patient was told. */
  readonly reach: Reach | null;
  readonly age: AgeGroup['id'] | null;
  /** `me` for the user, `none` for unassigned; otherwise a name, case-insensitive. */
  readonly owner: string | null;
  /** Without this filter, the rows that wait for a later follow-up are left out. */
  readonly followUp: FollowUp | null;
  /** Only what needs a decision, without the open redraws. */
  readonly decisions: boolean;
  /** The name of a saved view; empty for none. */
  readonly name: string;
  readonly text: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
}

export const SORT_KEYS = [
  'due',
  'stage',
  'open',
  'markers',
  'test',
  'user',
  'told',
  'owner',
  'acknowledged',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const DUE_STATUSES: readonly { readonly id: DueStatus; readonly text: string }[] = [
  { id: 'overdue', text: 'Overdue' },
  { id: 'due_soon', text: 'Due within a day' },
  { id: 'on_time', text: 'On time' },
];

const FOLLOW_UPS = [{ id: 'today' }, { id: 'later' }] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number]['id'];
export const MAX_VIEW_NAME_LENGTH = 60;

/** The default: all redraws, most overdue first. */
export const WHOLE: WorklistView = {
  due: null,
  stages: [],
  test: null,
  lab: null,
  modality: null,
  expectedBy: null,
  acknowledged: null,
  reach: null,
  age: null,
  owner: null,
  followUp: null,
  decisions: false,
  name: '',
  text: '',
  sort: 'due',
  descending: false,
  page: 1,
};

/** Reads the view from search parameters. Invalid values are ignored. */
export function readView(params: URLSearchParams): WorklistView {
  const sort = params.get('sort') ?? '';
  const acknowledged = params.get('acknowledged');
  return {
    due: idOf(DUE_STATUSES, params.get('due')),
    stages: stagesIn(params.get('stage')),
    test: params.get('test'),
    lab: params.get('lab'),
    modality: params.get('modality'),
    expectedBy: params.get('expected_by')?.trim() || null,
    acknowledged: acknowledged === 'yes' ? true : acknowledged === 'no' ? false : null,
    reach: idOf(REACHES, params.get('reach')),
    age: idOf(AGE_GROUPS, params.get('age')),
    owner: params.get('owner') || null,
    followUp: idOf(FOLLOW_UPS, params.get('follow_up')),
    decisions: params.get('show') === 'decisions',
    name: (params.get('view') ?? '').slice(0, MAX_VIEW_NAME_LENGTH),
    text: params.get('q') ?? '',
    sort: SORT_KEYS.find((key) => key === sort.replace(/^-/, '')) ?? WHOLE.sort,
    descending: sort.startsWith('-'),
    page: Math.max(1, Math.trunc(Number(params.get('page'))) || 1),
  };
}

/** Leaves out default values. */
export function writeView(view: WorklistView): URLSearchParams {
  const params = new URLSearchParams();
  const chosen = {
    q: view.text,
    due: view.due,
    stage: view.stages.join(','),
    test: view.test,
    lab: view.lab,
    modality: view.modality,
    expected_by: view.expectedBy,
    acknowledged: view.acknowledged === null ? null : view.acknowledged ? 'yes' : 'no',
    reach: view.reach,
    age: view.age,
    owner: view.owner,
    follow_up: view.followUp,
    show: view.decisions ? 'decisions' : null,
  };
  for (const [name, value] of Object.entries(chosen)) if (value) params.set(name, value);
  const sort = (view.descending ? '-' : '') + view.sort;
  if (sort !== WHOLE.sort) params.set('sort', sort);
  if (view.name !== '') params.set('view', view.name);
  if (view.page > 1) params.set('page', String(view.page));
  return params;
}

export function isFiltered(view: WorklistView): boolean {
  const { due, stages, test, lab, modality, expectedBy, acknowledged, reach, age, owner, followUp, text } =
    view;
  const chosen = [due, test, lab, modality, expectedBy, acknowledged, reach, age, owner, followUp].some(
    (one) => one !== null,
  );
  return chosen || stages.length > 0 || text.trim() !== '';
}

/** In the order of the steps, without unknown ones. */
function stagesIn(text: string | null): string[] {
  const named = text?.split(',') ?? [];
  return STAGES.map(({ id }) => id).filter((id) => named.includes(id));
}

function idOf<Id extends string>(options: readonly { readonly id: Id }[], id: string | null): Id | null {
  return options.find((option) => option.id === id)?.id ?? null;
}
