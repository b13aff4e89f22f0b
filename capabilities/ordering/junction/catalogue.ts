import { labelOrNull, listOf, looseText, openEnumOrNull, textOrNull } from '../../../core/junction/fields.ts';
import { boolean, integer, object, orElse, orNull, text } from '../../../core/reading/readers.ts';
import type { ReadBy } from '../../../core/reading/reading.ts';
import type { CataloguedTest, HomeService, LabAccount } from '../rules/circumstances.ts';

const question = object({
  id: integer,
  required: orNull(boolean),
  code: looseText,
  value: orElse(labelOrNull, null),
  default: looseText,
});

/**
 * Questions about fasting, such as `FSTING`, are answered by the setting of the lab test: https://docs.junction.com/lab/workflow/aoe
 * What the default of a question means is not documented, so these are left to Junction.
 */
const mayBeOpen = ({ code, default: preset }: ReadBy<typeof question>) =>
  preset !== null || /^FA?STING/i.test(code ?? '');

/** The fields of a lab test in Junction's catalogue that are read. */
export const labTestAnswer = object({
  id: text,
  method: openEnumOrNull,
  lab: orNull(object({ slug: looseText })),
  markers: listOf(object({ id: integer, aoe: orNull(object({ questions: listOf(question) })) })),
});

export function cataloguedTest(test: ReadBy<typeof labTestAnswer>): CataloguedTest {
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
const provider = object({ name: text, service_types: listOf(text), tier: listOf(text) });

/** Who draws near a ZIP code: `GET /v3/order/area/info`. */
export const areaAnswer = object({
  zip_code: textOrNull,
  phlebotomy: object({ is_served: boolean, providers: listOf(provider) }),
});

export function homeService({ phlebotomy }: ReadBy<typeof areaAnswer>): HomeService {
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
export const labAccountsAnswer = object({
  data: listOf(
    object({ id: text, lab: openEnumOrNull, status: openEnumOrNull, delegated_flow: openEnumOrNull }),
  ),
});

/** The flows in which the customer's own physician orders: https://docs.junction.com/lab/overview/physicians */
const ORDER_DELEGATED: ReadonlySet<unknown> = new Set(['order_delegated', 'fully_delegated']);

export function activeLabAccounts({ data }: ReadBy<typeof labAccountsAnswer>): LabAccount[] {
  return data
    .filter(({ status }) => status === null || status === 'active')
    .map(({ id, lab, delegated_flow }) => ({ id, lab, delegated: ORDER_DELEGATED.has(delegated_flow) }));
}
