import type { Templates } from '../../core/message-templates/templates.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { type MessagePreviews, messagePreviews } from './message-previews.ts';
import type { SenderSettings } from './sample-messages.ts';
import { templatesIn } from './template-files.ts';

/** The messages of a deployment, as its settings make them. */
export interface ConfiguredMessages {
  readonly templates: Templates;
  readonly previews: MessagePreviews;
  readonly settings: SenderSettings;
}

/**
 * The messages to patients, with an example name if the sender's name is not set.
 *
 * @throws {ConfigurationError} with everything that is wrong in the templates
 */
export function configuredMessages(configuration: Configuration): ConfiguredMessages {
  const settings = {
    brand: configuration.messageBrand ?? 'Example Health',
    link: configuration.messageLink ?? null,
    phone: configuration.messagePhone ?? null,
    markersInSms: configuration.messageMarkersInSms === 'on',
    language: configuration.messageLanguage,
  };
  const templates = templatesIn(configuration.messageTemplates, settings);
  return { templates, previews: messagePreviews(templates, settings), settings };
}
