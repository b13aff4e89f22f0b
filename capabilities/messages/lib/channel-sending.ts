import type { ServiceFunction } from '../../../lib/functions/service-function.ts';
import type { ServiceOutput } from '../../../lib/outputs/service-output.ts';

/** The resources with which messages go through a channel. */
export interface ChannelSending {
  grantSend(fn: ServiceFunction): void;
  /** Delivers to a function what the provider reports, and what patients reply. */
  reportTo(fn: ServiceFunction): void;
  readonly outputs: Readonly<Record<string, ServiceOutput>>;
}
