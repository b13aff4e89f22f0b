import { textTable } from '../text-table.ts';
import type { Comparison } from './comparison.ts';
import { IN_FLIGHT } from './speed.ts';

/** The tables of a comparison, a row for each peer. */
export function comparisonTables({ peers, units, speed, lag, starts }: Comparison): string[] {
  const of = <Row extends { readonly peer: string }>(rows: readonly Row[], name: string) =>
    rows.filter(({ peer }) => peer === name);
  const cost = peers.map(({ name, title }) => {
    const [one] = of(units, name);
    const cells = [one?.answered, one?.afterwards].flatMap((part) => [
      fixed(part?.requests, 2),
      fixed(part?.readUnits, 1),
      fixed(part?.writeUnits, 1),
    ]);
    return [title, ...cells, fixed(one?.queueRequests, 1)];
  });
  const times = peers.flatMap(({ name, title }) =>
    of(speed, name).map((one) => [
      title,
      String(one.inFlight),
      ...[one.p50, one.p95, one.p99].map((time) => fixed(time, 1)),
      fixed(one.perSecond, 0),
      one.perSecondSpread.map((rate) => fixed(rate, 0)).join('–'),
      ...(one.inFlight === IN_FLIGHT[0]
        ? of(lag, name).flatMap(({ p50, p99 }) => [fixed(p50, 1), fixed(p99, 1)])
        : []),
    ]),
  );
  const sizes = peers.map(({ name, title, code }) => {
    const [one] = of(starts, name);
    const measured = [one?.load, one?.first, one?.memory, one?.bundle, one?.gzip];
    return [title, ...measured.map((value) => fixed(value, 0)), String(code)];
  });
  const parts = ['requests', 'read units', 'write units'];
  return [
    textTable([
      ['per webhook', ...parts, ...parts.map((part) => `${part} later`), 'queue requests'],
      ...cost,
    ]),
    textTable([
      ['speed', 'in flight', 'p50 ms', 'p95 ms', 'p99 ms', 'per s', 'spread', 'lag p50 ms', 'lag p99 ms'],
      ...times,
    ]),
    textTable([
      ['fresh process', 'load ms', 'first ms', 'memory MB', 'bundle KB', 'gzip KB', 'own lines'],
      ...sizes,
    ]),
  ];
}

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? '' : value.toFixed(digits);
}
