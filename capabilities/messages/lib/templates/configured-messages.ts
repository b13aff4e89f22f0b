import type { Configuration } from '../../../../lib/configuration/configuration.ts';
import { withStandIns } from '../../../../lib/setting/deploy-time-values.ts';
import type { Templates } from '../../templates/templates.ts';
import { type MessagePreviews, messagePreviews } from './message-previews.ts';
import type { SenderSettings } from './sample-messages.ts';
import { templatesIn } from './template-files.ts';

/** The messages of a deployment, as its settings make them. */
export interface ConfiguredMessages {
  readonly templates: Templates;
  readonly previews: MessagePreviews;
  readonly settings: SenderSettings;
}

/** As long as a host name of CloudFront. A text that begins with a value has the beginning of a URL in it. */
const linkStandIn =
  (link = '') =>
  (index: number) =>
    `${index === 0 && link.startsWith('$') ? 'https://' : ''}d000000000000${index}.cloudfront.net`;

/**
 * The messages to patients, with an example name if the sender's name is not set.
 *
 * The previews have the link and the phone number even if these exist only at deployment; others stand for them where texts are measured.
 *
 * @throws {ConfigurationError} with everything that is wrong in the templates
 */
export function configuredMessages(configuration: Configuration): ConfiguredMessages {
  const link = withStandIns(configuration.messageLink ?? '', linkStandIn(configuration.messageLink));
  const phone = withStandIns(configuration.messagePhone ?? '', () => '+1 800 555 0100');
  const settings = {
    brand: configuration.messageBrand ?? 'Example Health',
    link: link.text || null,
    phone: phone.text || null,
    markersInSms: configuration.messageMarkersInSms === 'on',
    language: configuration.messageLanguage,
  };
  const templates = templatesIn(configuration.messageTemplates, settings);
  const previews = JSON.stringify(messagePreviews(templates, settings));
  return { templates, previews: JSON.parse(phone.restore(link.restore(previews))), settings };
}
