import * as z from 'zod';
import { DAY, MINUTE, SECOND } from '../time.ts';
import { type Answer, ok, readBody, refused, Unprocessable } from './api.ts';

const insuranceSchema = z.object({
  payor_code: z.string(),
  member_id: z.string(),
  group_id: z.string().nullish(),
  relationship: z.enum(['Self', 'Spouse', 'Other']),
  insured: z.record(z.string(), z.unknown()),
  guarantor: z.record(z.string(), z.unknown()).nullish(),
  is_primary: z.boolean().default(true),
});

const portalSchema = z.object({
  context: z.enum(['launch', 'communications']),
  order_id: z.uuid().nullish(),
});

/** Minutes for a page that is open now, weeks for a message. */
const LINK_VALID = { launch: 10 * MINUTE, communications: 21 * DAY };

export const userRoutes = {
  'POST /v2/user/{user_id}/insurance': ({ junction }, { body }, id) => {
    const { group_id = null, guarantor = null, ...insurance } = readBody(insuranceSchema, body);
    if (insurance.is_primary) junction.placed.insure(id);
    const address = {
      first_line: 'PO Box 740819',
      country: 'US',
      zip: '30374',
      city: 'Atlanta',
      state: 'GA',
    };
    const company = { name: insurance.payor_code, address };
    return ok({ ...insurance, group_id, guarantor, company });
  },
  'POST /v2/user/{user_id}/create_portal_url': ({ junction }, { body }, id) => {
    const { context, order_id: orderId = null } = readBody(portalSchema, body);
    // Only an order brings the demographics of a user to the sandbox.
    if (!junction.isPatient(id)) {
      throw new Unprocessable({
        loc: ['path', 'user_id'],
        msg: 'User has no demographics',
        type: 'value_error',
      });
    }
    if (orderId !== null && junction.order(orderId)?.user_id !== id) return refused(404, 'Order not found');
    const path = context === 'launch' ? `launch?token=${crypto.randomUUID()}` : `l/${shortId()}`;
    const url = `https://portal.sandbox.example/${path}`;
    return ok({ url, expires_in: LINK_VALID[context] / SECOND });
  },
} satisfies Record<string, Answer>;

const shortId = (): string => crypto.randomUUID().slice(0, 8);
