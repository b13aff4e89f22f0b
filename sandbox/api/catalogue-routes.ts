import * as z from 'zod';
import { LAB_TESTS, labTestById } from '../junction/ordering/lab-catalogue.ts';
import { LABS } from '../world/lab-tests.ts';
import { type Answer, found, ok, readBody } from './api.ts';

const insuranceSchema = z.object({
  payor_code: z.string(),
  member_id: z.string(),
  group_id: z.string().nullish(),
  relationship: z.enum(['Self', 'Spouse', 'Other']),
  insured: z.record(z.string(), z.unknown()),
  guarantor: z.record(z.string(), z.unknown()).nullish(),
  is_primary: z.boolean().default(true),
});

export const catalogueRoutes = {
  'GET /v3/lab_tests': () => ok(LAB_TESTS),
  'GET /v3/lab_tests/labs': () => ok(Object.values(LABS)),
  'GET /v3/lab_tests/{lab_test_id}': (_, __, id) => found(labTestById(id), 'Lab test'),
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
} satisfies Record<string, Answer>;
