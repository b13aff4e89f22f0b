import type { StatusText } from '../wording/status.ts';
import { Indicator } from './indicator.tsx';

/** A status as text, icon and color. */
export function StatusLabel({ of }: { of: StatusText }) {
  return <Indicator type={of.tone}>{of.text}</Indicator>;
}
