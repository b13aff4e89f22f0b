/**
 * Svix's operational events. Unlike Junction's, they carry `type` instead of `event_type`.
 * https://docs.svix.com/incoming-webhooks, https://api.svix.com/docs#tag/Webhooks
 */
export interface LastAttempt {
  id: string;
  /** 0 without an answer. */
  responseStatusCode: number;
  timestamp: string;
}

interface Names {
  appId: string;
  endpointId: string;
}

/** All attempts to deliver a message have failed. */
export function messageExhausted(data: Names & { msgId: string; lastAttempt: LastAttempt }) {
  return { type: 'message.attempt.exhausted', data };
}

/** The endpoint no longer receives anything. */
export function endpointDisabled(data: Names & { failSince: string }) {
  return { type: 'endpoint.disabled', data };
}
