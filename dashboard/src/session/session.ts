import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Configuration } from './configuration.ts';

export interface Person {
  /** Shown to others on acknowledgements. */
  readonly name: string;
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
    const { name, email, preferred_username, sub } = user.profile;
    const person = {
      name: email ?? name ?? preferred_username ?? sub,
      scopes: new Set(grantedScopes(user)),
    };
    this.#set({ status: 'signed_in', person });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The scopes in the token: the token response may omit them. */
function grantedScopes({ access_token, scopes }: User): string[] {
  try {
    const [, payload = ''] = access_token.split('.');
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { scope?: unknown };
    if (typeof claims.scope === 'string') return claims.scope.split(' ');
  } catch {
    // Not a JWT.
  }
  return scopes;
}

/** The state from the issuer must not redirect to another origin. */
function addressOnThisOrigin(address: unknown): string {
  if (typeof address !== 'string') return '/';
  const url = new URL(address, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : '/';
}
