/**
 * A fault that a person has to correct before the stack can run. The message says in full sentences what is wrong and what to
 * do. It is shown without a stack trace, and the process ends with exit code 1.
 */
export class Problem extends Error {
  override name = 'Problem';
}
