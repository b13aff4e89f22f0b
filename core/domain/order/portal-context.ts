/**
 * What a link to Junction's portal is for, as Junction names it. `launch`: for a patient who opens it now; it works for minutes.
 * `communications`: for messages; it works for weeks.
 * https://docs.junction.com/api-reference/user/create-portal-url
 */
export const PORTAL_CONTEXTS = ['launch', 'communications'] as const;
export type PortalContext = (typeof PORTAL_CONTEXTS)[number];
