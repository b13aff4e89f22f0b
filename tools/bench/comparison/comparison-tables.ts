import { textTable } from '../text-table.ts';
import type { Cost, Times } from './comparison.ts';
import { IN_FLIGHT } from './speed.ts';

const of = <Row extends { readonly peer: string }>(rows: readonly Row[], name: string) =>
  rows.filter(({ peer }) => peer === name);

/** What a webhook costs, a table for each sample with a row for each peer. */
export function costTable({ peers, units }: Cost): string {
  const samples = Map.groupBy(units, ({ sample }) => sample);
  return [...samples].map(([sample, some]) => sampleTable(sample, { peers, units: some })).join('\n\n');
}

function sampleTable(sample: string, { peers, units }: Cost): string {
  const rows = peers.map(({ name, title, code }) => {
    const [one] = of(units, name);
    const cells = [one?.answered, one?.afterwards].flatMap((part) => [
      fixed(part?.requests, 2),
      fixed(part?.readUnits, 1),
      fixed(part?.writeUnits, 1),
    ]);
    return [title, ...cells, fixed(one?.queueRequests, 1), fixed(one?.junctionRequests, 1), String(code)];
  });
  const parts = ['requests', 'read units', 'write units'];
  const others = ['queue requests', "Junction's API", 'own lines'];
  return textTable([[sample, ...parts, ...parts.map((part) => `${part} later`), ...others], ...rows]);
}

/** The tables of the times, a row for each peer. */
export function timeTables({ peers, speed, lag, starts }: Times): string[] {
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
  const sizes = peers.map(({ name, title }) => {
    const [one] = of(starts, name);
    const measured = [one?.load, one?.first, one?.memory, one?.bundle, one?.gzip];
    return [title, ...measured.map((value) => fixed(value, 0))];
  });
  return [
    textTable([
      ['speed', 'in flight', 'p50 ms', 'p95 ms', 'p99 ms', 'per s', 'spread', 'lag p50 ms', 'lag p99 ms'],
      ...times,
    ]),
    textTable([['fresh process', 'load ms', 'first ms', 'memory MB', 'bundle KB', 'gzip KB'], ...sizes]),
  ];
}

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? '' : value.toFixed(digits);
}
