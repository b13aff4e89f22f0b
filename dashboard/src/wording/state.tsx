import { Sign } from './sign.tsx';
import type { Worded } from './status.ts';

/** A state, by word, sign and colour. */
export function State({ of }: { of: Worded }) {
  return <Sign type={of.tone}>{of.text}</Sign>;
}
