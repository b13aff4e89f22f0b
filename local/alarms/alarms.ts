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
}

export interface AlarmsOptions {
  metrics: Pick<MetricStore, 'read'>;
  /** Keeps the states, in `alarms.json`. */
  data: Pick<DataDirectory, 'file'>;
  /** Shows a person each alarm that goes off or is over. */
  print(line: string): void;
  /** Shows a person what could not be sent. */
  report(line: string): void;
}

const alarmState = z.enum(['OK', 'ALARM']);

const describeRequest = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  StateValue: alarmState.optional(),
});

const setRequest = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  AlarmName: z.string(),
  StateValue: alarmState,
  StateReason: z.string(),
});

/**
 * The alarms and their states. All start with OK: CloudWatch starts with INSUFFICIENT_DATA, and sends a message for each alarm
 * that is OK then.
 */
export function openAlarms(
  definitions: readonly AlarmDefinition[],
  { metrics, data, print, report }: AlarmsOptions,
): Alarms {
  const file = data.file('alarms.json');
  const kept = z.record(z.string(), alarmState).safeParse(readJsonFile(file)).data ?? {};
  const stateOf = (name: string): AlarmState => kept[name] ?? 'OK';

  function change(alarm: AlarmDefinition, state: AlarmState, reason: string, at: Date): void {
    const before = stateOf(alarm.name);
    if (state === before) return;
    kept[alarm.name] = state;
    replaceFile(file, JSON.stringify(kept));
    print(`${state}: ${alarm.name}: ${alarm.description}`);
    const actions = state === 'ALARM' ? alarm.alarmActions : alarm.okActions;
    for (const action of actions) {
      try {
        action.accept(mailOf(alarm, { before, state, reason, at }));
      } catch (error) {
        report(`The alarm ${alarm.name} could not notify ${action.arn}: ${String(error)}`);
      }
    }
  }

  return {
    evaluate(time) {
      for (const alarm of definitions) {
        const { state, reason } = evaluate(alarm, metrics, time.getTime() / 1000);
        if (state) change(alarm, state, reason, time);
      }
    },
    operations: {
      DescribeAlarms(input) {
        const { StateValue } = parsed(describeRequest, input);
        const found = definitions.filter(({ name }) => !StateValue || stateOf(name) === StateValue);
        return {
          MetricAlarms: found.map((alarm) => described(alarm, stateOf(alarm.name))),
          CompositeAlarms: [],
        };
      },
      SetAlarmState(input) {
        const { AlarmName, StateValue, StateReason } = parsed(setRequest, input);
        const alarm = definitions.find(({ name }) => name === AlarmName);
        if (!alarm) throw new ServiceFault('ResourceNotFound', `There is no alarm ${AlarmName}.`);
        change(alarm, StateValue, StateReason, new Date());
        return {};
      },
    },
  };
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

function described(alarm: AlarmDefinition, state: AlarmState) {
  const [metric] = alarm.metrics;
  return {
    AlarmName: alarm.name,
    AlarmArn: arnOf(alarm),
    AlarmDescription: alarm.description,
    StateValue: state,
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
