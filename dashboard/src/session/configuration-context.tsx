import { createContext, type ReactNode, use, useMemo } from 'react';
import { CHANNELS, type Channel } from '../../../core/domain/transaction/told.ts';
import type { Configuration } from './configuration.ts';
import type { Scope } from './session-context.tsx';

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

/** Whether a patient consents to messages whose consent nobody has recorded. */
export function useAssumesConsent(): boolean {
  return usePatientMessages()?.consent === 'assumed';
}

/** How many reminders are sent by themselves, if nothing happens; 0 if messages are switched off. */
export function useReminderCount(): number {
  return usePatientMessages()?.reminders ?? 0;
}

/** Whether patients get messages. */
export function useHasMessages(): boolean {
  return usePatientMessages() !== undefined;
}

/** How long a person may be without input before the session is no longer renewed (minutes). */
export function useIdleMinutes(): number {
  return useConfiguration().idle_minutes;
}

/** The link to the team's own portal, with the fields of ids; undefined if there is none. */
export function usePortalLinkPattern(): string | undefined {
  return useConfiguration().portal_link;
}

/** The links to other systems, with the fields of ids; undefined where there is none. */
export function useOutsideLinks(): Pick<Configuration, 'record_link' | 'junction_link'> {
  return useConfiguration();
}

/** How long an alarm waits for a webhook (hours); undefined if there is no such alarm. */
export function useWebhookSilenceHours(): number | undefined {
  return useConfiguration().webhook_silence_hours;
}

/** Whether the deployment only watches. */
export function useIsWatchOnly(): boolean {
  return useConfiguration().watch_only === true;
}

/** The names of the teams by id, if there are several; else none, because nobody needs to tell one team from another. */
export function useTeamNames(): ReadonlyMap<string, string> {
  const { teams } = useConfiguration();
  return useMemo(() => new Map(teams?.map(({ id, name }) => [id, name])), [teams]);
}

/** The deployment's own texts for what to do next, by name. */
export function useNextStepTexts(): Readonly<Record<string, string>> {
  return useConfiguration().next_steps ?? {};
}

/** What the configuration says about exports. */
export interface CsvOptions {
  /** Whether patients get messages. */
  readonly messages: boolean;
  /** The deployment's own texts for what to do next. */
  readonly nextSteps: Readonly<Record<string, string>>;
}

export function useCsvOptions(): CsvOptions {
  return { messages: useHasMessages(), nextSteps: useNextStepTexts() };
}

/** Whether the deployment has routes with this scope. The issuer may grant scopes of a feature that is switched off. */
export function useHasRoutes(scope: Scope): boolean {
  return useConfiguration().scopes.includes(scope);
}

function usePatientMessages(): Configuration['patient_messages'] {
  return useConfiguration().patient_messages;
}

/** The settings of the deployment. */
export function useConfiguration(): Configuration {
  const configuration = use(ConfigurationContext);
  if (!configuration) throw new Error('no ConfigurationProvider around this component');
  return configuration;
}
