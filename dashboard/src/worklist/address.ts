import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';

/** The filter, sort order and page of the worklist, as the address has them. */
export interface View {
  readonly query: PropertyFilterProps.Query;
  /** A column, with `-` before it for descending; empty for the most urgent first. */
  readonly sort: string;
  /** From 1. */
  readonly page: number;
}

/** What a row can be filtered by, the team only if there are several. The key is that of the row's text, and the name in the address. */
export const PROPERTIES = [
  property('type', 'Type', 'Types'),
  property('due', 'Due', 'Due'),
  property('stage', 'Waiting on', 'Steps'),
  property('test', 'Test', 'Tests', [':', '=']),
  property('lab', 'Lab', 'Labs', [':', '=', '!=']),
  property('modality', 'Modality', 'Modalities', [':', '=', '!=']),
  property('markers', 'Missing marker', 'Missing markers', [':', '!:']),
  property('patient', 'Patient', 'Patients', [':', '=']),
  property('owner', 'Owner', 'Owners'),
  property('team', 'Team', 'Teams'),
  property('reached', 'Patient was', 'Patient was'),
  property('expected', 'Results expected by', 'Days', ['<=', '>=', '<', '>', '=']),
  property('ids', 'ID or note', 'IDs', [':']),
] as const satisfies readonly PropertyFilterProps.FilteringProperty[];

function property<Key extends string>(
  key: Key,
  propertyLabel: string,
  groupValuesLabel: string,
  operators: readonly string[] = ['=', '!=', ':'],
) {
  return { key, propertyLabel, groupValuesLabel, operators, defaultOperator: operators[0] ?? '=' };
}

const TOKEN = /^([a-z]*)(!=|!:|<=|>=|<|>|=|:)(.*)$/s;

/** `lab=Quest` filters by the lab, `:iron` by any text. A token of an unknown property is left out. */
export function readView(params: URLSearchParams): View {
  const tokens = params.getAll('f').flatMap((text) => {
    const [, key = '', operator = ':', value = ''] = TOKEN.exec(text) ?? [];
    if (value === '' || (key !== '' && !PROPERTIES.some((known) => known.key === key))) return [];
    return [key === '' ? { operator, value } : { propertyKey: key, operator, value }];
  });
  return {
    query: { tokens, operation: params.get('match') === 'any' ? 'or' : 'and' },
    sort: params.get('sort') ?? '',
    page: Math.max(1, Math.trunc(Number(params.get('page'))) || 1),
  };
}

/** Keeps the tab, and leaves out default values. */
export function writeView(params: URLSearchParams, { query, sort, page }: View): URLSearchParams {
  const changed = new URLSearchParams();
  const show = params.get('show');
  if (show !== null) changed.set('show', show);
  for (const { propertyKey = '', operator, value } of query.tokens)
    changed.append('f', `${propertyKey}${operator}${value}`);
  if (query.operation === 'or' && query.tokens.length > 1) changed.set('match', 'any');
  if (sort !== '') changed.set('sort', sort);
  if (page > 1) changed.set('page', String(page));
  return changed;
}

/** The filter in words, for paper: "Lab = Quest, Missing marker : Ferritin". */
export function queryText({ tokens, operation }: PropertyFilterProps.Query): string {
  const parts = tokens.map(({ propertyKey, operator, value }) => {
    const label = PROPERTIES.find(({ key }) => key === propertyKey)?.propertyLabel;
    return label === undefined ? `“${value}”` : `${label} ${operator} ${value}`;
  });
  return parts.join(operation === 'or' ? ' or ' : ', ');
}
