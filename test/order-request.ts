/** The body of a request that places an order and that nothing is wrong with. */

const PATIENT_DETAILS = {
  first_name: 'Ada',
  last_name: 'Okafor',
  dob: '1980-05-06',
  gender: 'female',
  phone_number: '+16025550123',
  email: 'ada@example.com',
};

const ADDRESS = { first_line: '1 Main St', city: 'Phoenix', state: 'AZ', zip: '85004', country: 'US' };

/** What differs from the usual request. */
interface Differences {
  readonly fields?: object;
  readonly patient?: object;
  readonly address?: object;
}

/** The user with this number. */
export const orderingUser = (n: number) => `3fa85f64-5717-4562-b3fc-${String(n).padStart(12, '0')}`;

export function orderRequest(
  user_id: string,
  labTest: string,
  { fields = {}, patient = {}, address = {} }: Differences = {},
) {
  return {
    user_id,
    order_set: { lab_test_ids: [labTest] },
    patient_details: { ...PATIENT_DETAILS, ...patient },
    patient_address: { ...ADDRESS, ...address },
    ...fields,
  };
}
