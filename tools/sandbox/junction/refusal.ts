/** Junction refuses a request that is well-formed. The message is the `detail` of the answer. */
export class Refusal extends Error {
  readonly status: 400 | 404 | 409;

  constructor(message: string, status: 400 | 404 | 409 = 400) {
    super(message);
    this.status = status;
  }
}
