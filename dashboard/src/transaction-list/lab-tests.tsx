import type { Transaction } from '../api/answers.ts';
import { labText, modalityText } from '../wording/status.ts';

/** The lab tests of a transaction's orders by name, and below each its modality and lab. Orders of one test share a line. */
export function LabTests({ orders }: Pick<Transaction, 'orders'>) {
  const tests = new Map(
    orders.map(({ modality, lab_test }) => {
      const lab = lab_test?.lab ?? null;
      const how = [modalityText(modality), ...(lab ? [labText(lab)] : [])].join(', ');
      const name = lab_test?.name ?? null;
      return [`${name} ${how}`, { name, how }];
    }),
  );
  return [...tests].map(([key, { name, how }]) => (
    <div key={key}>
      {name !== null && <div>{name}</div>}
      <div className={name === null ? '' : 'aside'}>{how}</div>
    </div>
  ));
}
