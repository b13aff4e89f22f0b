/** The person who acknowledges and withdraws. */
export const olivia = {
  subject: '11111111-0000-4000-8000-000000000001',
  client_id: '1example23456789',
  name: 'lab-ops@example.com',
};
