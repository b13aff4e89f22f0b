import * as z from 'zod/mini';

/** What the deployment tells the page, at `/config.json`. */
const configuration = z.object({
  /** The OpenID Connect issuer whose tokens the API takes. */
  issuer: z.url(),
  client_id: z.string(),
  /** Asked for at sign-in; what is granted may be less. */
  scopes: z.array(z.string()),
  /** Where the issuer sends people back to, on this origin. */
  redirect_path: z.string(),
  /** Where to sign out, of an issuer whose own documents may not say it. */
  end_session_endpoint: z.optional(z.url()),
});

export type Configuration = z.output<typeof configuration>;

/** Asks the deployment. Throws with a sentence for people when there is no answer, or none that makes sense. */
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
