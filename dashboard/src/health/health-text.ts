export interface Health {
  readonly arrival: 'none' | 'silent' | 'arriving';
  /** How many are on; null while that is not known. */
  readonly alarms: number | null;
  /** How many webhooks wait in quarantine, as far as they are read. */
  readonly waiting: number;
  /** There are more of them. */
  readonly more: boolean;
}

const ARRIVALS = {
  none: 'No webhook has arrived yet',
  silent: 'Webhooks have stopped arriving',
  arriving: 'Webhooks arrive',
} as const;

/** "Webhooks arrive; 2 things need you". It is an all-clear only if the alarms are known. */
export function healthText({ arrival, alarms, waiting, more }: Health) {
  if (alarms === null)
    return { type: 'pending', text: `${ARRIVALS[arrival]}; the alarms are not known` } as const;
  const things = alarms + waiting;
  const shown = `${things.toLocaleString('en')}${more ? '+' : ''}`;
  const needs =
    things === 0 ? 'nothing needs you' : things === 1 ? '1 thing needs you' : `${shown} things need you`;
  const type =
    arrival === 'silent' || alarms > 0
      ? 'error'
      : things > 0
        ? 'warning'
        : arrival === 'none'
          ? 'pending'
          : 'success';
  return { type, text: `${ARRIVALS[arrival]}; ${needs}` } as const;
}
