import { usePerson } from '../session/session-context.tsx';
import { exactTime } from '../time/format.ts';
import { PrintOnly } from './print-only.tsx';

/** On paper: when it was printed, because times such as "3 days ago" count from there, and by whom. */
export function Printed() {
  const { name } = usePerson();
  return (
    <PrintOnly>
      <p className="aside">
        Printed {exactTime(Date.now())} by {name}
      </p>
    </PrintOnly>
  );
}
