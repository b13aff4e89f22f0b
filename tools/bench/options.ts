import { parseArgs } from 'node:util';
import { SCRIPTS } from '../sandbox/journeys/catalogue.ts';

/** The parts of our own budgets. */
export const BUDGETS = ['load', 'cost', 'time', 'batch', 'visible', 'sweep'] as const;
/** The comparison with what others build. */
const COMPARISONS = ['states', 'units', 'times', 'growth', 'contention'] as const;
const PARTS = [...BUDGETS, ...COMPARISONS];

export type Part = (typeof PARTS)[number];

const USAGE = `npm run bench -- [options]
  --quick           everything with small numbers, under two minutes
  --full            everything with large numbers, an hour or more
  --only=<parts>    separated by commas: the budgets ${BUDGETS.join(', ')};
                    the comparison with what others build: ${COMPARISONS.join(', ')}
  --orders=<n>      orders stored for the sweep's budget
  --journeys=<n>    journeys whose webhooks are measured
  --rounds=<n>      fresh processes per bundle, and batches of the stream
  --states=<n>      journeys for the wrong end states
  --peers=<names>   the folders of tools/bench/peers to compare; all by default
  --out=<file>      where the result goes as JSON (bench-result.json)`;

/** How much is measured. */
export interface Sizes {
  readonly orders: number;
  readonly journeys: number;
  readonly rounds: number;
  /** The journeys whose webhooks are timed until they are visible. */
  readonly visible: number;
  /** Journeys for the wrong end states: in disorder, and in order as a control. */
  readonly states: number;
  readonly statesInOrder: number;
  /** Journeys that mix up two patients. */
  readonly statesMixedUp: number;
  /** The journeys of each sample for measuring the peers' requests and units. */
  readonly unitsJourneys: number;
  /** The webhooks for measuring the peers' speed (with the number of rounds), and their lag. */
  readonly speedWebhooks: number;
  readonly speedRounds: number;
  readonly lagWebhooks: number;
  /** Stored orders at which the operations are measured. */
  readonly growthSizes: readonly number[];
  /** Writers of one transaction. */
  readonly writers: readonly number[];
  /** Whether the wrong end states are measured with every irregular spelling too. */
  readonly mixedSpelling: boolean;
}

type Mode = 'quick' | 'ordinary' | 'full';

const ORDINARY: Sizes = {
  orders: 10_000,
  journeys: 150,
  rounds: 21,
  visible: 40,
  states: 1_000,
  statesInOrder: 100,
  statesMixedUp: 40,
  mixedSpelling: false,
  // Each kind once.
  unitsJourneys: SCRIPTS.length,
  speedWebhooks: 1_080,
  speedRounds: 5,
  lagWebhooks: 100,
  growthSizes: [1_000, 10_000, 100_000],
  writers: [1, 4, 16, 64, 256],
};

const SIZES: Readonly<Record<Mode, Sizes>> = {
  quick: {
    orders: 2_000,
    journeys: 100,
    rounds: 2,
    visible: 3,
    states: 15,
    statesInOrder: 0,
    statesMixedUp: 4,
    mixedSpelling: false,
    unitsJourneys: 4,
    speedWebhooks: 90,
    speedRounds: 2,
    lagWebhooks: 10,
    growthSizes: [300, 900],
    writers: [1, 16],
  },
  ordinary: ORDINARY,
  full: {
    ...ORDINARY,
    orders: 100_000,
    statesInOrder: 1_000,
    mixedSpelling: true,
    speedRounds: 9,
    growthSizes: [1_000, 10_000, 100_000, 1_000_000],
  },
};

export interface Options extends Sizes {
  readonly mode: Mode;
  readonly parts: ReadonlySet<Part>;
  /** Undefined for all. */
  readonly peers: ReadonlySet<string> | undefined;
  readonly out: string;
}

/** Prints the usage and ends the process if that was asked for. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string', default: PARTS.join() },
      orders: { type: 'string' },
      journeys: { type: 'string' },
      rounds: { type: 'string' },
      states: { type: 'string' },
      peers: { type: 'string' },
      out: { type: 'string', default: 'bench-result.json' },
      help: { type: 'boolean', default: false },
    },
  });
  const parts = values.only.split(',');
  const unknown = parts.filter((part) => !PARTS.some((known) => known === part));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no part ${unknown.join()}.\n${USAGE}` : USAGE);
    process.exit(unknown.length > 0 ? 1 : 0);
  }
  const mode = values.quick ? 'quick' : values.full ? 'full' : 'ordinary';
  const given = (['orders', 'journeys', 'rounds', 'states'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [[name, Number(values[name])]],
  );
  return {
    ...SIZES[mode],
    ...(Object.fromEntries(given) as Partial<Sizes>),
    mode,
    parts: new Set(parts as Part[]),
    out: values.out,
    peers: values.peers === undefined ? undefined : new Set(values.peers.split(',')),
  };
}
