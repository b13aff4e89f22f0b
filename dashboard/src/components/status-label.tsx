import type { StatusText } from '../wording/status.ts';
import { Indicator } from './indicator.tsx';

/** A state, by word, sign and colour. */
export function State({ of }: { of: StatusText }) {
  return <Indicator type={of.tone}>{of.text}</Indicator>;
}
