import { type Random, random } from '../random.ts';
import { DAY, type Instant, instantOf, SECOND, spellTime } from '../time.ts';
import { DOCUMENTED_DIALECT, mixedDialect } from '../world/dialect.ts';
import type { Known, KnownAppointment, KnownReview } from '../world/known.ts';
import { withLazy } from '../world/lazy.ts';
import { fakePatient, markedPatient, type Patient } from '../world/patient.ts';
import type { StageSpan } from '../world/redraw-stages.ts';
import { Story, StoryPaused } from '../world/story.ts';
import { CATALOGUE, SCRIPTS, type Script } from './catalogue.ts';
import { DOCUMENTED, mixedSpelling, type Spelling, spell, spellEventType } from './spellings.ts';

/** A webhook that Junction sends at a moment. `payload` is the body, before JSON. */
export interface Snapshot {
  at: string;
  /** The type in Svix; the body may have no `event_type`. */
  eventType: string;
  payload: object;
  orderId: string | null;
  spelling: Spelling;
}

/** One patient's orders at the lab from beginning to end, with the webhooks in order of time. */
export interface Journey {
  /** Unique among journeys that are generated together. */
  name: string;
  script: Script;
  seed: number;
  /** The inputs that the journey is generated from, with script and seed. */
  startAt: string;
  options: JourneyOptions;
  snapshots: Snapshot[];
  /** What Junction's API knows, announced or not, in the documented spelling. */
  known: Known[];
  knownAppointments: KnownAppointment[];
  knownReviews: KnownReview[];
  /** The stages of its redraw in order; empty without a redraw. */
  stages: readonly StageSpan[];
  /** The stage in which the redraw stalled: the one that its script marks, or the one it never left; else null. */
  stall: StageSpan | null;
}

export interface JourneyOptions {
  /** `mixed` (default): every irregularity, seeded; `documented`: as in the API reference; or a given spelling. */
  spelling?: 'documented' | 'mixed' | Partial<Spelling>;
  /** With a marker, every patient field contains it (see `canaries`). */
  patient?: { marker: string };
  /** Replaces some details of the patient, for example where to reach them. */
  details?: Partial<Patient['details']>;
  /** Webhooks and API agree on one team; a fixed one by default. */
  teamId?: string;
  /** The start. By default within sixty days from 3 March 2025, by seed. */
  startAt?: Date;
  /** The time of the last webhook, instead of `startAt`. */
  endAt?: Date;
}

export interface JourneysOptions extends JourneyOptions {
  /** The kinds to choose from, with equal probability; all by default. */
  scripts?: readonly Script[];
}

const FIRST_START = instantOf('2025-03-03T08:00:00Z');
export const TEAM = '6353bcab-3526-4838-8c92-063fa760fb6b';

/** `count` journeys of seeded kinds. Kinds take turns, so that each occurs if `count` is large enough. */
export function journeys(seed: number, count: number, options: JourneysOptions = {}): Journey[] {
  const { scripts = SCRIPTS, ...rest } = options;
  const source = random(`journeys/${seed}`);
  let hand: Script[] = [];
  return Array.from({ length: count }, (_, index) => {
    if (hand.length === 0) hand = source.shuffled(scripts);
    const script = hand.pop();
    if (!script) throw new RangeError('Name at least one script');
    const own = source.int(0, 2 ** 31 - 1);
    return { ...journey(script, own, rest), name: `${script}-${String(index + 1).padStart(4, '0')}` };
  });
}

/** One journey of the given kind: a pure function of its arguments. */
export function journey(script: Script, seed: number, options: JourneyOptions = {}): Journey {
  const source = random(`journey/${script}/${seed}`);
  const startAt = startOf(script, source, options);
  const story = tell(script, source, startAt, options);
  const spellings = spellingsOf(source.fork('spellings'), story, options);
  const snapshots = story.ledger.moments.map((moment) => {
    const spelling = spellings();
    const { at, orderId } = moment;
    const snapshot = { at: spellTime(at), eventType: spellEventType(moment, spelling), orderId, spelling };
    return withLazy(snapshot, 'payload', () => spell(moment, spelling));
  });
  const { known, knownAppointments, knownReviews, stages: watch } = story.ledger;
  const stages = watch.spans;
  const stall = story.stall ?? watch.open;
  const recipe = { script, seed, startAt: spellTime(startAt), options };
  return { name: script, ...recipe, snapshots, known, knownAppointments, knownReviews, stages, stall };
}

/** Replays the journey up to `now`, so that it can be continued manually. */
export function continueJourney({ script, seed, startAt, options }: Journey, now: Instant): Story {
  const story = tell(script, random(`journey/${script}/${seed}`), instantOf(startAt), options, now);
  story.continueAt(now);
  return story;
}

function tell(
  script: Script,
  source: Random,
  startAt: Instant,
  options: JourneyOptions,
  until?: Instant,
): Story {
  const dialect = options.spelling === undefined || options.spelling === 'mixed';
  const story = new Story(source.fork('story'), {
    startAt,
    dialect: dialect ? mixedDialect(source.fork('dialect')) : DOCUMENTED_DIALECT,
    patient: patientOf(options, source),
    teamId: options.teamId ?? TEAM,
    ...(until === undefined ? {} : { until }),
  });
  try {
    CATALOGUE[script](story);
  } catch (error) {
    if (!(error instanceof StoryPaused)) throw error;
  }
  return story;
}

function patientOf({ patient, details }: JourneyOptions, source: Random): Patient {
  const made = patient ? markedPatient(patient.marker) : fakePatient(source.fork('patient'));
  return { ...made, details: { ...made.details, ...details } };
}

/** The seed decides the duration of a story, so one with a given end is generated twice. */
function startOf(script: Script, source: Random, options: JourneyOptions): Instant {
  if (options.startAt) return instantOf(options.startAt);
  if (!options.endAt) return FIRST_START + source.fork('start').int(0, 60 * 86_400) * SECOND;
  const end = Math.floor(instantOf(options.endAt) / SECOND) * SECOND;
  const rehearsal = tell(script, source, end - 400 * DAY, options);
  const lastAt = rehearsal.ledger.moments.at(-1)?.at ?? rehearsal.now;
  return end - (Math.ceil(lastAt / SECOND) * SECOND - (end - 400 * DAY));
}

/**
 * Returns a spelling for each webhook. Some single orders behave like old ones, whose webhooks name no transaction. With
 * several orders, nothing else would show that they belong together.
 */
function spellingsOf(source: Random, story: Story, { spelling = 'mixed' }: JourneyOptions): () => Spelling {
  if (spelling === 'documented') return () => DOCUMENTED;
  if (spelling !== 'mixed') return () => ({ ...DOCUMENTED, ...spelling });
  const isOld = source.chance(0.08) && story.transaction.orders.length === 1;
  const transaction = source.pick(['missing', 'null'] as const);
  const later = source.fork('later');
  return () => ({ ...mixedSpelling(source, later), ...(isOld ? { transaction } : {}) });
}
