import { LAB_ACCOUNTS, LAB_TESTS, labTestById } from '../junction/ordering/lab-catalogue.ts';
import { LABS } from '../world/lab-tests.ts';
import { type Answer, found, ok } from './api.ts';

export const catalogueRoutes = {
  'GET /v3/lab_tests': () => ok(LAB_TESTS),
  'GET /v3/lab_test/lab_account': (_, { query }) => {
    const [wanted, status] = [query.get('lab_account_id'), query.get('status')];
    const found = LAB_ACCOUNTS.filter(
      (account) => account.id === (wanted ?? account.id) && account.status === (status ?? account.status),
    );
    return ok({ data: found });
  },
  'GET /v3/lab_tests/labs': () => ok(Object.values(LABS)),
  'GET /v3/lab_tests/{lab_test_id}': (_, __, id) => found(labTestById(id), 'Lab test'),
} satisfies Record<string, Answer>;
