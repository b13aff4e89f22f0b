import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { type AlarmState, evaluate } from './alarm-state.ts';

export interface Alarms {
  /** Evaluates all alarms, and sends the messages of those whose state changes. */
  evaluate(now: Date): void;
  /** DescribeAlarms and SetAlarmState, in the query protocol. */
  operations: Record<string, Operation>;
  /** DescribeAlarms for the functions, in the JSON protocol. */
  json: Record<string, Operation>;
}

export interface AlarmsOptions {
  metrics: Pick<MetricStore, 'read'>;
  /** Keeps the states, in `alarms.json`. */
  data: Pick<DataDirectory, 'file'>;
  /** Prints each alarm that is triggered or resolved. */
  print(line: string): void;
  /** Shows a person what could not be sent. */
  report(line: string): void;
}

const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const keptState = z.object({ state: alarmState, reason: z.string(), at: z.iso.datetime() });
type KeptState = z.output<typeof keptState>;

/** Strict: names, other filters and further pages are refused. */
const describeRequest = z.strictObject({
  Action: z.string().optional(),
  Version: z.string().optional(),
  StateValue: alarmState.optional(),
  ActionPrefix: z.string().optional(),
  MaxRecords: z.coerce.number().optional(),
});

const setRequest = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  AlarmName: z.string(),
  StateValue: alarmState,
  StateReason: z.string(),
});

/**
 * The alarms and their states. All start with INSUFFICIENT_DATA. CloudWatch sends a message for each alarm that is OK after that;
 * the local run does not.
 */
export function openAlarms(
  definitions: readonly AlarmDefinition[],
  { metrics, data, print, report }: AlarmsOptions,
): Alarms {
  const file = data.file('alarms.json');
  const kept: Record<string, KeptState> =
    z.record(z.string(), keptState).safeParse(readJsonFile(file)).data ?? {};
  const created = new Date().toISOString();
  const initial: KeptState = {
    state: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    at: created,
  };
  const stateOf = (name: string) => kept[name] ?? initial;

  /** The caller writes the file. */
  function change(alarm: AlarmDefinition, state: AlarmState, reason: string, at: Date): void {
    const { state: before } = stateOf(alarm.name);
    if (state === before) return;
    kept[alarm.name] = { state, reason, at: at.toISOString() };
    if (before === 'INSUFFICIENT_DATA' && state === 'OK') return;
    print(`${state}: ${alarm.name}: ${alarm.description}`);
    for (const action of actionsFor(alarm, state)) {
      try {
        action.accept(mailOf(alarm, { before, state, reason, at }));
      } catch (error) {
        report(`The alarm ${alarm.name} could not notify ${action.arn}: ${String(error)}`);
      }
    }
  }

  function keep(): void {
    replaceFile(file, JSON.stringify(kept));
  }

  function find(input: Record<string, unknown>): AlarmDefinition[] {
    const { StateValue, ActionPrefix = '' } = parsed(describeRequest, input);
    return definitions.filter(
      ({ name, alarmActions }) =>
        (!StateValue || stateOf(name).state === StateValue) &&
        alarmActions.some(({ arn }) => arn.startsWith(ActionPrefix)),
    );
  }

  return {
    evaluate(time) {
      const before = JSON.stringify(kept);
      for (const alarm of definitions) {
        const { state, reason } = evaluate(alarm, metrics, time.getTime() / 1000);
        if (state) change(alarm, state, reason, time);
      }
      if (JSON.stringify(kept) !== before) keep();
    },
    operations: {
      DescribeAlarms: (input) => ({
        MetricAlarms: find(input).map((alarm) => described(alarm, stateOf(alarm.name))),
        CompositeAlarms: [],
      }),
      SetAlarmState(input) {
        const { AlarmName, StateValue, StateReason } = parsed(setRequest, input);
        const alarm = definitions.find(({ name }) => name === AlarmName);
        if (!alarm) throw new ServiceFault('ResourceNotFound', `There is no alarm ${AlarmName}.`);
        change(alarm, StateValue, StateReason, new Date());
        keep();
        return {};
      },
    },
    json: {
      'GraniteServiceVersion20100801.DescribeAlarms': (input) => ({
        MetricAlarms: find(input).map((alarm) => {
          const kept = stateOf(alarm.name);
          // The JSON protocol has times in seconds.
          return { ...described(alarm, kept), StateTransitionedTimestamp: Date.parse(kept.at) / 1_000 };
        }),
        CompositeAlarms: [],
      }),
    },
  };
}

function actionsFor({ alarmActions, okActions }: AlarmDefinition, state: AlarmState) {
  if (state === 'INSUFFICIENT_DATA') return [];
  return state === 'ALARM' ? alarmActions : okActions;
}

/**
 * Calls them every minute, the first time in a minute: then the first full minute of the run can be evaluated.
 * @returns a function that stops it
 */
export function everyMinute(...calls: ((now: Date) => void)[]): () => void {
  const timer = setInterval(() => {
    for (const call of calls) call(new Date());
  }, 60_000);
  return () => clearInterval(timer);
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw new ServiceFault('ValidationError', z.prettifyError(error));
  return data;
}

const arnOf = ({ name }: AlarmDefinition) => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`;

function described(alarm: AlarmDefinition, { state, reason, at }: KeptState) {
  const [metric] = alarm.metrics;
  return {
    AlarmName: alarm.name,
    AlarmArn: arnOf(alarm),
    AlarmDescription: alarm.description,
    AlarmActions: alarm.alarmActions.map(({ arn }) => arn),
    StateValue: state,
    StateReason: reason,
    StateTransitionedTimestamp: at,
    // An alarm on an expression has neither.
    ...(alarm.metrics.length === 1 && { Namespace: metric?.namespace, MetricName: metric?.name }),
  };
}

interface Change {
  before: AlarmState;
  state: AlarmState;
  reason: string;
  at: Date;
}

/** What the mail of an alarm says, in the order in which CloudWatch says it. */
function mailOf(alarm: AlarmDefinition, { before, state, reason, at }: Change) {
  return {
    subject: `${state}: "${alarm.name}" in US East (N. Virginia)`.slice(0, 100),
    body: [
      `Your Amazon CloudWatch Alarm "${alarm.name}" has entered the ${state} state, because "${reason}" at "${at.toUTCString()}".`,
      '',
      'Alarm Details:',
      `- Name:                       ${alarm.name}`,
      `- Description:                ${alarm.description}`,
      `- State Change:               ${before} -> ${state}`,
      `- Alarm Arn:                  ${arnOf(alarm)}`,
    ].join('\n'),
  };
}
