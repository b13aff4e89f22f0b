import { createContext, type ReactNode, use } from 'react';
import type { Channel } from '../wording/messages.ts';
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

/** The channels by which patients get messages; none if messages are switched off. */
export function useMessageChannels(): readonly Channel[] {
  const on = usePatientMessages()?.channels;
  return CHANNELS.filter((channel) => on?.includes(channel));
}

/** The language of the messages to patients; undefined if messages are switched off. */
export function useMessageLanguage(): string | undefined {
  return usePatientMessages()?.language;
}

/** How many reminders are sent by themselves, if nothing happens; 0 if messages are switched off. */
export function useReminderCount(): number {
  return usePatientMessages()?.reminders ?? 0;
}

const CHANNELS: readonly Channel[] = ['sms', 'email'];

/** Whether patients get messages. */
export function useHasMessages(): boolean {
  return usePatientMessages() !== undefined;
}

function usePatientMessages(): Configuration['patient_messages'] {
  const configuration = use(ConfigurationContext);
  if (!configuration) throw new Error('no ConfigurationProvider around this component');
  return configuration.patient_messages;
}
