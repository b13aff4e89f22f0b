/**
 * Something that a person has to put right before the stack can run. The message is a whole sentence that says
 * what is wrong and what to do; it is shown without a stack trace, and the process ends with exit code 1.
 */
export class Problem extends Error {
  override name = 'Problem';
}
