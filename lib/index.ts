/** The entry of the npm package. */
export type { Bundles, FunctionCode } from './bundling/bundles.ts';
export { ConfigurationError } from './configuration/configuration-error.ts';
export type { IanaTimeZone, IsoDuration, OnOff } from './configuration/keys/prop-types.ts';
export type { RedrawTrackerSettings } from './configuration/settings.ts';
export type { EventDestinationOptions, EventDestinations } from './events/event-destinations.ts';
export type { ServiceOutput } from './outputs/service-output.ts';
export { RedrawTracker, type RedrawTrackerProps } from './redraw-tracker.ts';
export { RedrawTrackerData, type RedrawTrackerDataProps } from './redraw-tracker-data.ts';
