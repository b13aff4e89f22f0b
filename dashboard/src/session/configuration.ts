import * as z from 'zod/mini';
import { CONSENT_RULES } from '../../../capabilities/messages/rules/consent-rule.ts';

/** The settings of the deployment, from `/config.json`. */
const configuration = z.object({
  /** The OpenID Connect issuer whose tokens the API accepts. */
  issuer: z.url(),
  client_id: z.string(),
  /** Requested at sign-in. Fewer may be granted. */
  scopes: z.array(z.string()),
  /** The redirect path on this origin after sign-in. */
  redirect_path: z.string(),
  /** The sign-out endpoint, for issuers whose metadata lacks it. */
  end_session_endpoint: z.optional(z.url()),
  /** How long a person may be without input before the session is no longer renewed (minutes). */
  idle_minutes: z.number(),
  /** The link to the team's own portal, with the fields of ids; absent if there is none. */
  portal_link: z.optional(z.string()),
  /** The link to a patient's record in the team's own system, with the fields of ids; absent if there is none. */
  record_link: z.optional(z.string()),
  /** The link to an order at Junction, in the same form. */
  junction_link: z.optional(z.string()),
  /** How long an alarm waits for a webhook that brings anything new (hours); absent if there is no such alarm. */
  webhook_silence_hours: z.optional(z.number()),
  /** Whether the deployment only watches: it sends no mails about redraws and no messages to patients. */
  watch_only: z.optional(z.boolean()),
  /** The teams of a deployment of several; absent with one. */
  teams: z.optional(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** Whether people with `results/read` can ask for the name of a patient. */
  patient_names: z.optional(z.boolean()),
  /** Texts of the deployment for what to do next, which replace those of the page. */
  next_steps: z.optional(z.record(z.string(), z.string())),
  /** How patients get messages; absent if they get none. */
  patient_messages: z.optional(
    z.object({
      channels: z.array(z.string()),
      language: z.string(),
      /** Whether a patient consents whose consent nobody has recorded. */
      consent: z.enum(CONSENT_RULES),
      /** How many reminders there are. */
      reminders: z.number(),
    }),
  ),
});

export type Configuration = z.output<typeof configuration>;

/** Throws an error whose message is for users if the settings are missing or invalid. */
export async function loadConfiguration(): Promise<Configuration> {
  const answer = await fetch('/config.json', { cache: 'no-cache' });
  if (!answer.ok)
    throw new Error(
      `Couldn’t load the dashboard’s settings (status ${answer.status}). Try again, or tell your administrator.`,
    );
  const read = configuration.safeParse(await answer.json());
  if (!read.success)
    throw new Error('The dashboard’s settings in /config.json are invalid. Tell your administrator.');
  return read.data;
}
