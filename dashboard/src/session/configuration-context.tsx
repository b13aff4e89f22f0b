import { createContext, type ReactNode, use } from 'react';
import type { Configuration } from './configuration.ts';

const ConfigurationContext = createContext<Configuration | null>(null);

export function ConfigurationProvider({
  configuration,
  children,
}: {
  configuration: Configuration;
  children: ReactNode;
}) {
  return <ConfigurationContext value={configuration}>{children}</ConfigurationContext>;
}

const NONE: readonly never[] = [];

/** The channels by which patients get messages; none if messages are switched off. */
function useMessageChannels(): NonNullable<Configuration['patient_messages']> | typeof NONE {
  const configuration = use(ConfigurationContext);
  if (!configuration) throw new Error('no ConfigurationProvider around this component');
  return configuration.patient_messages ?? NONE;
}

/** Whether patients get messages. */
export function useHasMessages(): boolean {
  return useMessageChannels().length > 0;
}
