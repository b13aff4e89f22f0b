import { isTooDeep } from '../junction/json.ts';
import { Problem } from './problem.ts';

/** The largest body of most routes (bytes): request bodies are short, and API Gateway would accept 10 MB. */
const MAX_BYTES = 65_536;

/** The body limit of a route as text for error messages. */
export const bodyLimit = (bytes = MAX_BYTES): string =>
  bytes < 1_048_576 ? `${bytes / 1_024} KiB` : `${bytes / 1_048_576} MiB`;

/** The body of a request. */
export class RequestBody {
  readonly #bytes: Buffer;
  readonly #maxBytes: number;
  #parsed: { readonly json: unknown } | undefined;

  constructor(text: string, encoding: 'base64' | 'utf8', maxBytes = MAX_BYTES) {
    this.#bytes = Buffer.from(text, encoding);
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** @throws Problem 413 */
  assertSize(): void {
    if (this.#bytes.length <= this.#maxBytes) return;
    throw new Problem(413, `The body is larger than ${bodyLimit(this.#maxBytes)}.`);
  }

  /**
   * The JSON in it, parsed once.
   *
   * @throws Problem 413, or 400 if it is not JSON or nested too deeply
   */
  json(): unknown {
    this.assertSize();
    this.#parsed ??= { json: parseJson(this.#bytes) };
    return this.#parsed.json;
  }
}

function parseJson(bytes: Buffer): unknown {
  const text = decoded(bytes);
  if (isTooDeep(text)) throw new Problem(400, 'The body is nested too deeply.');
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson();
  }
}

const notJson = () => new Problem(400, 'The body must be valid JSON.');
