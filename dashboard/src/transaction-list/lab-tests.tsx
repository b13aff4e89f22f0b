import type { Transaction } from '../api/answers.ts';
import { distinctLabTests } from './distinct-lab-tests.ts';

/** The lab tests of a transaction's orders by name, and below each its modality and lab. Orders of one test share a line. */
export function LabTests({ orders }: Pick<Transaction, 'orders'>) {
  return distinctLabTests(orders).map(({ name, details }) => (
    <div key={`${name} ${details}`}>
      {name !== null && <div>{name}</div>}
      <div className={name === null ? '' : 'aside'}>{details}</div>
    </div>
  ));
}
