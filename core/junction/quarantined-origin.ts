import { matching, object, orElse } from '../reading/readers.ts';
import { readStrictly } from '../reading/reading.ts';
import { uuidOrNull } from './fields.ts';

/** The ids that a quarantined webhook is about, as far as its body can be parsed. Ids only: the rest can be patient data. */
export interface QuarantinedOrigin {
  readonly event_type: string | null;
  readonly order_id: string | null;
  readonly order_transaction_id: string | null;
  readonly user_id: string | null;
}

const NOTHING: QuarantinedOrigin = {
  event_type: null,
  order_id: null,
  order_transaction_id: null,
  user_id: null,
};

/** Anything else in the place of an id or of an event type is left out, because it could be a name. */
const id = orElse(uuidOrNull, null);
const eventType = orElse(matching(/^[a-z_]{1,40}(\.[a-z_]{1,40}){1,4}$/), null);

const body = object({
  event_type: eventType,
  user_id: id,
  data: orElse(
    object({
      id,
      order_id: id,
      user_id: id,
      order_transaction_id: id,
      order_transaction: orElse(object({ id }), null),
    }),
    null,
  ),
});

/** Reads what it can; nothing if the body is not a JSON object. */
export function originOf(text: Buffer): QuarantinedOrigin {
  const envelope = readStrictly(body, parsed(text));
  if (!envelope) return NOTHING;
  const { event_type, data } = envelope;
  const isOrder = event_type?.startsWith('labtest.order.') ?? false;
  return {
    event_type,
    order_id: data?.order_id ?? (isOrder ? data?.id : null) ?? null,
    order_transaction_id: data?.order_transaction?.id ?? data?.order_transaction_id ?? null,
    user_id: data?.user_id ?? envelope.user_id ?? null,
  };
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return null;
  }
}
