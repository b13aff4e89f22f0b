import {
  GetSecretValueCommand,
  type GetSecretValueRequest,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** How long a value is used before it is read again (ms). */
const MAX_AGE = 300_000;
/** The pause after an attempt that failed or found no value (ms). */
const RETRY_PAUSE = 30_000;
/** How long a request with a cached value waits for a newer one (ms). */
const REFRESH_TIMEOUT = 2_000;

/** Reads a secret; null if it holds no usable value. */
type Read<Value> = (signal: AbortSignal | undefined) => Promise<Value | null>;

/**
 * The value of a secret, read once for many requests. If reading it again fails, the previous value stays in use. One request
 * waits for each attempt. After an attempt that failed, the others do not try for a while. Only the first value can be read
 * before a request needs it; later, nothing is read in the background, because a Lambda function is frozen between
 * invocations.
 */
export class SecretCache<Value> {
  readonly #read: Read<Value>;
  #held: { readonly value: Value | null } | undefined;
  #attempt: { readonly startedAt: number; readonly done: Promise<void> } | undefined;
  /** Why the last attempt failed. */
  #failure: unknown;

  constructor(read: Read<Value>) {
    this.#read = read;
  }

  /**
   * Reads the value before the first request. Never fails: without a value, the first request tries again. Lambda may freeze
   * the function before the answer arrives, so a failure says nothing about the next attempt.
   */
  async readEarly(now: Date): Promise<void> {
    await this.#refresh(now);
    if (!this.#held) this.#attempt = undefined;
  }

  /** The value; null if the secret holds none. Throws until it has been read once. */
  async read(now: Date): Promise<Value | null> {
    const isUsable = this.#held && this.#held.value !== null && this.#failure === undefined;
    if (this.#isOlderThan(isUsable ? MAX_AGE : RETRY_PAUSE, now)) await this.#refresh(now);
    else if (!this.#held) await this.#attempt?.done;
    if (!this.#held) throw this.#failure;
    return this.#held.value;
  }

  /** Reads the value again; undefined if that fails or was tried a moment ago. */
  async fresher(now: Date): Promise<Value | null | undefined> {
    if (!this.#isOlderThan(RETRY_PAUSE, now)) return undefined;
    await this.#refresh(now);
    return this.#failure === undefined ? this.#held?.value : undefined;
  }

  #isOlderThan(age: number, now: Date): boolean {
    if (this.#attempt === undefined) return true;
    const elapsed = now.getTime() - this.#attempt.startedAt;
    // If the clock was set back, the elapsed time is unknown.
    return elapsed >= age || elapsed < 0;
  }

  async #refresh(now: Date): Promise<void> {
    const done = this.#try();
    this.#attempt = { startedAt: now.getTime(), done };
    await done;
  }

  async #try(): Promise<void> {
    const abort = new AbortController();
    const timer = this.#held && setTimeout(() => abort.abort(), REFRESH_TIMEOUT);
    try {
      this.#held = { value: await this.#read(timer && abort.signal) };
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The value in Secrets Manager; null if there is no such secret or version. */
export async function readSecret(
  client: SecretsManagerClient,
  request: GetSecretValueRequest,
  abortSignal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const { SecretString } = await client.send(
      new GetSecretValueCommand(request),
      abortSignal ? { abortSignal } : {},
    );
    return SecretString ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/**
 * What the current and the previous version of a secret hold, so that both are valid while it is replaced. A secret that was
 * never changed has no previous version.
 *
 * @param valuesIn what a version holds; none if nothing in it is usable
 * @returns null if the current version holds nothing
 */
export async function readBothVersions<Value>(
  client: SecretsManagerClient,
  SecretId: string,
  valuesIn: (secret: string) => readonly Value[],
  abortSignal: AbortSignal | undefined,
): Promise<readonly Value[] | null> {
  const inStage = async (VersionStage: string) =>
    valuesIn((await readSecret(client, { SecretId, VersionStage }, abortSignal)) ?? '');
  const [current, previous] = await Promise.all([inStage('AWSCURRENT'), inStage('AWSPREVIOUS')]);
  return current.length === 0 ? null : [...current, ...previous];
}
