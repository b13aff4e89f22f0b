/** The scope of each route. The routes exist only where messages are switched on. */
export const messageScopes = {
  'GET /v1/transactions/{id}/messages': 'messages/read',
  'POST /v1/transactions/{id}/messages': 'messages/write',
  'GET /v1/users/{user_id}/message-settings': 'messages/read',
  'PUT /v1/users/{user_id}/message-settings': 'messages/write',
} as const;
