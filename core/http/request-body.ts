import { Problem } from './problem.ts';

/** Request bodies are short; API Gateway would accept 10 MB. */
const MAX_BYTES = 65_536;

/** The body of a request. */
export class RequestBody {
  readonly #bytes: Buffer;
  #parsed: { readonly json: unknown } | undefined;

  constructor(text: string, encoding: 'base64' | 'utf8') {
    this.#bytes = Buffer.from(text, encoding);
  }

  /** @throws Problem 413 */
  assertSize(): void {
    if (this.#bytes.length > MAX_BYTES) throw new Problem(413, 'The body is larger than 64 KiB.');
  }

  /**
   * The JSON in it, parsed once.
   *
   * @throws Problem 413, or 400 if it is not JSON
   */
  json(): unknown {
    this.assertSize();
    this.#parsed ??= { json: parseJson(this.#bytes) };
    return this.#parsed.json;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}
