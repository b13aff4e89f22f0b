import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Configuration } from './configuration.ts';
import { forgetDrafts } from './drafts.ts';

export interface Person {
  /** Shown to others on acknowledgements. The API accepts no other name. */
  readonly name: string;
  /** The ID that the API stores. */
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
}

/** `ended`: the session of a signed-in user is over; the URL stays. */
export type SessionState =
  | { readonly status: 'signed_out' | 'ended' }
  | { readonly status: 'signed_in'; readonly person: Person };

/** The session: OpenID Connect's authorization code flow with PKCE. Tokens live as long as the tab. */
export class Session {
  readonly #users: UserManager;
  readonly #redirectPath: string;
  readonly #listeners = new Set<() => void>();
  #user: User | null = null;
  #state: SessionState = { status: 'signed_out' };

  constructor(configuration: Configuration) {
    const { issuer, client_id, scopes, redirect_path, end_session_endpoint } = configuration;
    this.#redirectPath = redirect_path;
    this.#users = new UserManager({
      authority: issuer,
      ...(end_session_endpoint !== undefined && { metadataSeed: { end_session_endpoint } }),
      client_id,
      scope: scopes.join(' '),
      redirect_uri: location.origin + redirect_path,
      post_logout_redirect_uri: `${location.origin}/`,
      response_type: 'code',
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: true,
      loadUserInfo: false,
    });
    this.#users.events.addUserLoaded((user) => this.#take(user));
    this.#users.events.addAccessTokenExpired(() => this.end());
    this.#users.events.addSilentRenewError(() => {
      if (this.#user?.expired) this.end();
    });
  }

  /**
   * Resumes after the redirect from the issuer, or after a reload. Gives the URL to continue at, if it is another
   * one.
   */
  async start(): Promise<string | null> {
    if (location.pathname === this.#redirectPath) {
      const user = await this.#users.signinCallback();
      if (user) this.#take(user);
      return addressOnThisOrigin(user?.state);
    }
    const user = await this.#users.getUser();
    if (user && !user.expired) this.#take(user);
    return null;
  }

  async signIn(): Promise<void> {
    await this.#users.signinRedirect({ state: location.pathname + location.search });
  }

  async signOut(): Promise<void> {
    forgetDrafts();
    try {
      // Cognito uses its own parameter names; other issuers ignore them.
      const { client_id, post_logout_redirect_uri = '/' } = this.#users.settings;
      const extraQueryParams = { client_id, logout_uri: post_logout_redirect_uri };
      await this.#users.signoutRedirect({ extraQueryParams });
    } catch {
      // The issuer has no sign-out endpoint: at least remove the tokens here.
      await this.#users.removeUser();
      location.assign('/');
    }
  }

  /** The API rejected the token, or it expired. */
  end(): void {
    if (this.#state.status !== 'signed_in') return;
    this.#user = null;
    this.#set({ status: 'ended' });
    void this.#users.removeUser();
  }

  get token(): string | null {
    return this.#user?.access_token ?? null;
  }

  // For useSyncExternalStore.
  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #take(user: User): void {
    this.#user = user;
    this.#set({ status: 'signed_in', person: personOf(user) });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The access token comes first: the API knows nothing else, and the token response may omit the scopes. */
function personOf({ access_token, profile, scopes }: User): Person {
  const claims = claimsIn(access_token);
  return {
    name: nameIn(claims) ?? nameIn(profile) ?? profile.sub,
    subject: textOf(claims.sub) ?? profile.sub,
    scopes: new Set(textOf(claims.scope)?.split(' ') ?? scopes),
  };
}

type Claims = Readonly<Record<string, unknown>>;

/** Empty if the token is not a JWT. */
function claimsIn(token: string): Claims {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
  } catch {
    return {};
  }
}

function nameIn({ email, preferred_username, username, name }: Claims): string | null {
  return textOf(email) ?? textOf(preferred_username) ?? textOf(username) ?? textOf(name);
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

/** The state from the issuer must not redirect to another origin. */
function addressOnThisOrigin(address: unknown): string {
  if (typeof address !== 'string') return '/';
  const url = new URL(address, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : '/';
}
