import { portalLink } from '../../../../core/domain/portal-link.ts';
import { type FieldValues, fieldsIn, type MessageFields, valuesOf } from '../../templates/fields.ts';
import { MAX_IN_SMS } from '../../templates/render.ts';

/** What the deployer sets once for all messages. */
export interface SenderSettings {
  readonly brand: string;
  /** The https link to the team's portal, with ids in braces; null for none. */
  readonly link: string | null;
  readonly phone: string | null;
  readonly markersInSms: boolean;
}

const ID = '6424dd45-7a5c-4b8f-9d0e-3c1f2a4b5d6e';

function linkTo({ link }: SenderSettings): string | null {
  return link && portalLink(link, { client_user_id: ID, user_id: ID, order_id: ID, transaction_id: ID });
}

/** A message to a sample patient with all details known. */
export function everythingKnown(settings: SenderSettings): MessageFields {
  return {
    brand: settings.brand,
    link: linkTo(settings),
    phone: settings.phone,
    firstName: 'Maria',
    lab: 'Quest',
    missingMarkers: ['Ferritin', 'TSH'],
    // A Wednesday in September: the longest of all dates.
    appointment: { startAt: '2026-09-30T15:00:00Z', timeZone: 'America/New_York' },
  };
}

/** A message to a sample patient with only the ids known. */
export function littleKnown(settings: SenderSettings): MessageFields {
  const { brand, phone } = settings;
  return { brand, link: null, phone, firstName: null, lab: null, missingMarkers: [], appointment: null };
}

/** The longest possible text of an SMS, for any field values. */
export function longestSms(sms: string, language: string, settings: SenderSettings): string {
  const widest = (name: keyof typeof MAX_IN_SMS) => 'x'.repeat(MAX_IN_SMS[name] ?? 0);
  const values: FieldValues = {
    ...valuesOf(everythingKnown(settings), language),
    first_name: widest('first_name'),
    lab: widest('lab'),
    missing_markers: settings.markersInSms ? widest('missing_markers') : null,
  };
  return fieldsIn(sms).reduce((text, { source, name, fallback = '' }) => {
    const value = values[name as keyof FieldValues] ?? '';
    return text.replace(source, () => (value.length > fallback.length ? value : fallback));
  }, sms);
}
