/** One journey of the sandbox, the API that knows all of it, and a tracker that gets the webhooks that a test selects. */
import { onTestFinished } from 'vitest';
import type { Clocks } from '../../../../../core/domain/clocks/clocks.ts';
import type { Script } from '../../../../../tools/sandbox/journeys/catalogue.ts';
import {
  type Journey,
  type JourneyOptions,
  journey,
  type Snapshot,
} from '../../../../../tools/sandbox/journeys/journeys.ts';
import { type Sandbox, startSandbox } from '../../../../../tools/sandbox/server.ts';
import type { StageSpan } from '../../../../../tools/sandbox/world/redraw-stages.ts';
import { CLOCKS } from '../../../../clocks.ts';
import { Tracker } from './tracker.ts';

export interface Scene {
  readonly told: Journey;
  readonly sandbox: Sandbox;
  readonly tracker: Tracker;
  readonly transactionId: string;
}

interface SceneOptions extends JourneyOptions {
  readonly seed?: number;
  /** Whether a webhook arrives; by default all do. */
  readonly arrives?: (snapshot: Snapshot, journey: Journey) => boolean;
  readonly clocks?: Clocks;
}

/** Generates a journey and delivers its webhooks at their times. The API answers as of the last one. */
export async function scene(script: Script, options: SceneOptions = {}): Promise<Scene> {
  const { seed = 1, arrives = () => true, clocks = CLOCKS, ...rest } = options;
  const told = journey(script, seed, { spelling: 'documented', ...rest });
  const sandbox = await sandboxOf([told]);
  const tracker = new Tracker({ clocks });
  for (const snapshot of told.snapshots.filter((one) => arrives(one, told))) {
    await tracker.deliver(snapshot.payload, snapshot.at);
  }
  sandbox.junction.setClock(new Date(told.snapshots.at(-1)?.at ?? ''));
  const transactionId = told.known[0]?.facts.transactionId ?? '';
  return { told, sandbox, tracker, transactionId };
}

/** The same, at the due time of its redraw. */
export async function dueScene(script: Script = 'redraw_stalled_without_requisition', seed = 1) {
  const found = await scene(script, { seed });
  const dueAt = (await found.tracker.transaction(found.transactionId))?.redraw?.due_at ?? '';
  found.sandbox.junction.setClock(new Date(dueAt));
  return { ...found, dueAt };
}

export async function deliverAll(tracker: Tracker, journeys: readonly Journey[]): Promise<void> {
  for (const { snapshots } of journeys) {
    for (const { payload, at } of snapshots) await tracker.deliver(payload, at);
  }
}

export async function sandboxOf(journeys: readonly Journey[]): Promise<Sandbox> {
  const sandbox = await startSandbox({ journeys });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Only the webhooks sent before the redraw progressed from the stage in which it stalled. */
export const untilItMovedOn = ({ at }: Snapshot, { stall }: Journey): boolean =>
  Date.parse(at) < Date.parse(stallOf(stall).until ?? '9999-12-31T00:00:00Z');

export function stallOf(stall: StageSpan | null): StageSpan {
  if (!stall) throw new Error('the journey has no stall');
  return stall;
}

export function minutesAfter(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
