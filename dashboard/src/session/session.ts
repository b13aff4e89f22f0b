import { User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { verifiedName } from '../../../core/domain/caller.ts';
import { Activity } from './activity.ts';
import type { Configuration } from './configuration.ts';
import { forgetDrafts } from './drafts.ts';
import { SessionChannel } from './session-channel.ts';

export interface Person {
  /**
   * The verified email address, shown to others on acknowledgements: the API accepts no other name. Without one, the id, in
   * whose name the API refuses to act.
   */
  readonly name: string;
  /** The ID that the API stores. */
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
}

/** `ended`, or `idle` after a time without input: the session of a signed-in user has ended; the URL is kept. */
export type SessionState =
  | { readonly status: 'signed_out' | 'ended' | 'idle' }
  | { readonly status: 'signed_in'; readonly person: Person };

/** Tokens are renewed this long before they expire (s). */
const RENEWAL_S = 60;
const RENEWAL_LOCK = 'session-renewal';
/** How long a request to the issuer may take (s). Signing out waits for one. */
const REQUEST_S = 10;

/**
 * The session: OpenID Connect's authorization code flow with PKCE. Tokens live as long as the tab. The windows of a browser
 * share one session, as long as one of them is open. It is renewed only while somebody uses one of them.
 */
export class Session {
  readonly #others = new SessionChannel({
    give: () => (this.#user && !this.#user.expired ? this.#user.toStorageString() : null),
    take: (user) => this.#adopt(user),
    input: (at) => this.#activity.noticed(at),
    signedOut: () => this.#leave(),
  });
  readonly #activity: Activity;
  readonly #users: UserManager;
  readonly #redirectPath: string;
  readonly #listeners = new Set<() => void>();
  #user: User | null = null;
  #state: SessionState = { status: 'signed_out' };

  constructor(configuration: Configuration) {
    const { issuer, client_id, scopes, redirect_path, end_session_endpoint, idle_minutes } = configuration;
    this.#redirectPath = redirect_path;
    this.#activity = new Activity({
      target: window,
      limitMs: idle_minutes * 60_000,
      now: Date.now,
      onInput: (at) => this.#used(at),
    });
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
      automaticSilentRenew: false,
      accessTokenExpiringNotificationTimeInSeconds: RENEWAL_S,
      loadUserInfo: false,
      requestTimeoutInSeconds: REQUEST_S,
    });
    this.#users.events.addUserLoaded((user) => this.#take(user));
    this.#users.events.addAccessTokenExpired(() => this.end());
    this.#users.events.addAccessTokenExpiring(() => void this.#renew());
  }

  /**
   * Resumes after the redirect from the issuer, or after a reload. Gives the URL to continue at, if it is another
   * one.
   */
  async start(): Promise<string | null> {
    if (location.pathname === this.#redirectPath) {
      const user = await this.#users.signinCallback();
      if (user) {
        this.#take(user);
        this.#others.share();
      }
      return addressOnThisOrigin(user?.state);
    }
    const user = await this.#users.getUser();
    if (user && !user.expired) this.#take(user);
    else await this.#others.ask();
    return null;
  }

  async signIn(): Promise<void> {
    await this.#users.signinRedirect({ state: location.pathname + location.search });
  }

  /** Ends the session in all windows, and at the issuer. */
  async signOut(): Promise<void> {
    forgetDrafts();
    this.#others.signOut();
    await this.#revoke();
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

  /**
   * Renews the session after the API has rejected a token that has not expired.
   *
   * @returns whether there is another token now
   */
  async renew(rejected: string | null): Promise<boolean> {
    await navigator.locks.request(RENEWAL_LOCK, async () => {
      if (this.token === rejected) await this.#renewTokens();
    });
    return this.token !== null && this.token !== rejected;
  }

  /** The API rejected the token, or it expired. */
  end(): void {
    if (this.#state.status !== 'signed_in') return;
    this.#user = null;
    this.#set({ status: this.#activity.isIdle ? 'idle' : 'ended' });
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

  /** Somebody used this window. The renewal before the token expires may have been left out until now. */
  #used(at: number): void {
    this.#others.tellInput(at);
    void this.#renew();
  }

  /** So that nobody who has copied the refresh token can renew the session. */
  async #revoke(): Promise<void> {
    try {
      await this.#users.revokeTokens(['refresh_token']);
    } catch {
      // The issuer cannot revoke tokens, or does not answer. Signing out goes on.
    }
  }

  /** One window renews at a time, and gives the others its new session: an issuer may accept a refresh token only once. */
  async #renew(): Promise<void> {
    if (!this.#isExpiring) return;
    await navigator.locks.request(RENEWAL_LOCK, async () => {
      if (this.#isExpiring) await this.#renewTokens();
    });
  }

  get #isExpiring(): boolean {
    return (this.#user?.expires_in ?? Number.POSITIVE_INFINITY) <= RENEWAL_S;
  }

  async #renewTokens(): Promise<void> {
    if (this.#activity.isIdle) return;
    try {
      // Without a refresh token, the library would open a frame, which the page's policy refuses.
      if (!this.#user?.refresh_token) throw new Error('no refresh token');
      await this.#users.signinSilent();
      this.#others.share();
    } catch {
      // Another window may have succeeded. Otherwise the session ends when the token expires.
      await this.#others.ask();
    }
  }

  /** Takes the session of another window: a newer one of the same user, or any if nobody is signed in here. */
  async #adopt(given: string): Promise<void> {
    const user = User.fromStorageString(given);
    const own = this.#user;
    if (user.expired || (own && !isNewer(user, own))) return;
    await this.#users.storeUser(user);
    await this.#users.events.load(user);
  }

  /** The user signed out in another window, which tells the issuer. */
  #leave(): void {
    forgetDrafts();
    this.#user = null;
    this.#set({ status: 'signed_out' });
    void this.#users.removeUser();
  }

  #take(user: User): void {
    this.#user = user;
    this.#set({ status: 'signed_in', person: personOf(user) });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** By the access token, because the API knows nothing else. The token response may omit the scopes. */
function personOf({ access_token, profile, scopes }: User): Person {
  const claims = claimsIn(access_token);
  const subject = textOf(claims.sub) ?? profile.sub;
  return {
    name: verifiedName(claims) ?? subject,
    subject,
    scopes: new Set(textOf(claims.scope)?.split(' ') ?? scopes),
  };
}

function isNewer(user: User, than: User): boolean {
  return user.profile.sub === than.profile.sub && (user.expires_at ?? 0) > (than.expires_at ?? 0);
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

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

/** The state from the issuer must not redirect to another origin. */
function addressOnThisOrigin(address: unknown): string {
  if (typeof address !== 'string') return '/';
  const url = new URL(address, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : '/';
}
