import type { CriticalResult } from '../api/answers.ts';

/** Who was told of a critical result, how, and whether they read it back. */
export type CriticalNotice = Pick<
  NonNullable<CriticalResult['acknowledgement']>,
  'told' | 'channel' | 'read_back'
>;

export const CHANNELS: readonly { readonly id: CriticalNotice['channel']; readonly text: string }[] = [
  { id: 'phone', text: 'By phone' },
  { id: 'in_person', text: 'In person' },
  { id: 'message', text: 'By message' },
];

/** "Told Dr. Lee by phone, read back". */
export function noticeText({ told, channel, read_back }: CriticalNotice): string {
  const how = CHANNELS.find(({ id }) => id === channel)?.text.toLowerCase() ?? '';
  // Nobody reads a message back.
  const back = channel === 'message' ? '' : read_back ? ', read back' : ', not read back';
  return `Told ${told} ${how}${back}`;
}
