import { everyMinute } from '../alarms/alarms.ts';
import { messagesVisible } from '../metrics/service-metrics.ts';
import type { Closing, StackParts } from '../stack-parts.ts';
import type { StackServices } from '../stack-services.ts';
import { byTheClock, scheduler } from './scheduler.ts';
import { readSchedules } from './schedules.ts';

/** The schedules, and what runs them, measures the queues and evaluates the alarms every minute. */
export function openSchedules(
  { messaging, alarms, report }: StackServices,
  { data, metrics, template }: StackParts,
  print: (line: string) => void,
  closing: Closing,
) {
  const timetable = scheduler(readSchedules(template, messaging.destinations), new Date(), {
    file: data.file('schedules.json'),
    context: messaging.context,
    print,
    report,
  });
  const measureQueues = () => {
    for (const { name, waiting } of messaging.queues) metrics.record(messagesVisible(name, waiting()));
  };
  const runByTheClock = () => {
    closing.push(
      byTheClock(timetable),
      everyMinute(measureQueues, (now) => alarms.evaluate(now)),
    );
  };
  return { timetable, runByTheClock };
}
