import * as z from 'zod/mini';
import type { CataloguedTest, HomeService, LabAccount } from '../../domain/placing/circumstances.ts';
import { labelOrNull, listOf, looseText, openEnumOrNull, orNull, text } from '../fields.ts';

const question = z.object({
  id: z.int(),
  required: orNull(z.boolean()),
  code: looseText,
  value: z.catch(labelOrNull, null),
  default: looseText,
});

/**
 * Questions about fasting, such as `FSTING`, are answered by the setting of the lab test: https://docs.junction.com/lab/workflow/aoe
 * What the default of a question means is not documented, so these are left to Junction.
 */
const mayBeOpen = ({ code, default: preset }: z.output<typeof question>) =>
  preset !== null || /^FA?STING/i.test(code ?? '');

/** The fields of a lab test in Junction's catalogue that are read. */
export const labTestAnswer = z.object({
  id: text,
  method: openEnumOrNull,
  lab: orNull(z.object({ slug: looseText })),
  markers: listOf(z.object({ id: z.int(), aoe: orNull(z.object({ questions: listOf(question) })) })),
});

export function cataloguedTest(test: z.output<typeof labTestAnswer>): CataloguedTest {
  return {
    id: test.id,
    method: test.method,
    lab: test.lab?.slug ?? null,
    questions: test.markers.flatMap((marker) =>
      (marker.aoe?.questions ?? []).flatMap((one) =>
        one.required && !mayBeOpen(one)
          ? [{ marker_id: marker.id, question_id: one.id, text: one.value ?? '' }]
          : [],
      ),
    ),
  };
}

/** The API reference names the tiers `service_types`, the guide `tier`. */
const provider = z.object({ name: text, service_types: listOf(text), tier: listOf(text) });

/** Who draws near a ZIP code: `GET /v3/order/area/info`. */
export const areaAnswer = z.object({
  zip_code: orNull(text),
  phlebotomy: z.object({ is_served: z.boolean(), providers: listOf(provider) }),
});

export function homeService({ phlebotomy }: z.output<typeof areaAnswer>): HomeService {
  const offering = (tier: string) =>
    phlebotomy.providers.flatMap(({ name, service_types, tier: tiers }) =>
      [...service_types, ...tiers].includes(tier) ? [name] : [],
    );
  return {
    served: phlebotomy.is_served,
    booking: offering('appointment-ready'),
    request: offering('appointment-request'),
  };
}

/** The team's accounts at labs: `GET /v3/lab_test/lab_account`. */
export const labAccountsAnswer = z.object({
  data: listOf(
    z.object({ id: text, lab: openEnumOrNull, status: openEnumOrNull, delegated_flow: openEnumOrNull }),
  ),
});

/** The flows in which the customer's own physician orders: https://docs.junction.com/lab/overview/physicians */
const ORDER_DELEGATED: ReadonlySet<unknown> = new Set(['order_delegated', 'fully_delegated']);

export function activeLabAccounts({ data }: z.output<typeof labAccountsAnswer>): LabAccount[] {
  return data
    .filter(({ status }) => status === null || status === 'active')
    .map(({ id, lab, delegated_flow }) => ({ id, lab, delegated: ORDER_DELEGATED.has(delegated_flow) }));
}
