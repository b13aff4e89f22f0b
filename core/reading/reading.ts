/** Reads a value that came from outside, or says what is wrong with it. An absent value is undefined or null. */
export type Reader<Read> = (given: unknown, reading: Reading) => Read | Fault;

/** What a reader reads. */
export type ReadBy<One> = One extends Reader<infer Read> ? Exclude<Read, Fault> : never;

type Path = readonly (string | number)[];

/** Why a value cannot be read. The message never contains the value, which can be patient data. */
export interface Issue {
  readonly path: Path;
  readonly message: string;
}

/** Takes the place of a value that cannot be read. */
export class Fault {
  readonly issue: Issue;
  /** Whether the issue is one of the reading already. */
  readonly isReported: boolean;

  constructor(issue: Issue, isReported = false) {
    this.issue = issue;
    this.isReported = isReported;
  }
}

/** What was read, with the names of the fields that counted as absent; or why it cannot be read. */
export type Result<Data> =
  | { readonly data: Data; readonly unreadable: readonly string[] }
  | { readonly issues: readonly Issue[] };

/** What was read; undefined if it cannot be read. */
export function dataOf<Data>(result: Result<Data>): Data | undefined {
  return 'data' in result ? result.data : undefined;
}

/**
 * Reads a value. A part that cannot be read counts as absent, so that it does not hide the rest: first the field itself and, if
 * it cannot be absent, what it is a part of. The parts in `needed`, and the value as a whole, must be readable.
 *
 * @param needed the names of fields; an entry of a list is `[]`, for example `events[].status`
 * @returns the issues of the needed parts, if one cannot be read
 */
export function readLeniently<Data>(
  read: Reader<Data>,
  given: unknown,
  needed: ReadonlySet<string>,
): Result<Data> {
  return new Reading((name) => needed.has(name)).whole(read, given);
}

/** Reads a value; undefined if any part of it cannot be read. */
export function readStrictly<Data>(read: Reader<Data>, given: unknown): Data | undefined {
  return dataOf(new Reading(() => true).whole(read, given));
}

/**
 * Reads a value that must be readable.
 *
 * @throws {Error} that names the parts that cannot be read
 */
export function readOrThrow<Data>(read: Reader<Data>, given: unknown): Data {
  const result = new Reading(() => true).whole(read, given);
  if ('data' in result) return result.data;
  throw new Error(result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

/** The state of reading one value, part by part. */
export class Reading {
  readonly #isNeeded: (name: string) => boolean;
  readonly #unreadable = new Set<string>();
  readonly #issues: Issue[] = [];
  /** Where the current part is. */
  readonly #path: (string | number)[] = [];

  constructor(isNeeded: (name: string) => boolean) {
    this.#isNeeded = isNeeded;
  }

  whole<Data>(read: Reader<Data>, given: unknown): Result<Data> {
    const data = read(given, this);
    if (!(data instanceof Fault)) return { data, unreadable: [...this.#unreadable] };
    return { issues: data.isReported ? this.#issues : [...this.#issues, data.issue] };
  }

  part<Data>(read: Reader<Data>, key: string | number, given: unknown): Data | Fault {
    this.#path.push(key);
    const value = read(given, this);
    const result =
      value instanceof Fault && !value.isReported && isPresent(given)
        ? this.#withoutPart(read, value)
        : value;
    this.#path.pop();
    return result;
  }

  fault(message: string): Fault {
    return new Fault({ path: [...this.#path], message });
  }

  /** The current part as absent; a fault if it is needed, or cannot be absent. */
  #withoutPart<Data>(read: Reader<Data>, fault: Fault): Data | Fault {
    const name = fieldName(this.#path);
    if (this.#isNeeded(name)) {
      this.#issues.push(fault.issue);
      return new Fault(fault.issue, true);
    }
    // A fault further inside is that of a part that is missing, or was counted already.
    if (fault.issue.path.length === this.#path.length) this.#unreadable.add(name);
    const absent = read(null, this);
    return absent instanceof Fault ? fault : absent;
  }
}

const isPresent = (given: unknown): boolean => given !== null && given !== undefined;

/** The path of a field as text: an entry of a list is `[]`, for example `events[].status`. */
function fieldName(path: Path): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[]` : name ? `${name}.${key}` : key),
    '',
  );
}
