import type { Transaction } from '../api/answers.ts';
import { dayText } from '../time/day.ts';
import { distinctLabTests } from './distinct-lab-tests.ts';
import { newestExpectedDate } from './results-time.ts';

/**
 * The lab tests of a transaction's orders by name, and below each its modality and lab. Orders of one test share a line. Then
 * the day by which results are expected, if there is one.
 */
export function LabTests({ orders }: Pick<Transaction, 'orders'>) {
  const expected = newestExpectedDate(orders);
  return (
    <>
      {distinctLabTests(orders).map(({ name, details }) => (
        <div key={`${name} ${details}`}>
          {name !== null && <div>{name}</div>}
          <div className={name === null ? '' : 'aside'}>{details}</div>
        </div>
      ))}
      {expected !== null && (
        <div className="aside">
          Results expected <time dateTime={expected}>{dayText(expected)}</time>
        </div>
      )}
    </>
  );
}
