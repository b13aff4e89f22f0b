import type { Worded } from '../wording/status.ts';
import { Sign } from './indicator.tsx';

/** A state, by word, sign and colour. */
export function State({ of }: { of: Worded }) {
  return <Sign type={of.tone}>{of.text}</Sign>;
}
