/** A duration of ISO 8601 in weeks, days, hours, minutes and seconds (`P7D`, `PT1H30M`), at most ten years. */
export type IsoDuration = string;

/** A time zone by its IANA name (`America/New_York`). */
export type IanaTimeZone = string;

export type OnOff = 'on' | 'off';
