/** The configuration is invalid. The message names each setting and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: readonly string[], whatToDo: string) {
    super(
      `The deployment configuration is invalid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\n${whatToDo}`,
    );
  }
}
