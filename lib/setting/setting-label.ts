import type { Construct } from 'constructs';

/** Returns the name of a setting as the deployer writes it. */
export type Label = (name: string) => string;

/** The prefix of our keys in the CDK context. */
export const contextPrefix = 'redraw-tracker:';

const SETTINGS_ARE_KEYS = 'redraw-tracker/settings-are-keys';

/** Says that the settings below a construct are keys of the context, as in this repository's own app, and no props. */
export function settingsAreKeys(scope: Construct): void {
  scope.node.setContext(SETTINGS_ARE_KEYS, true);
}

/** Returns the names of settings as the deployer of a construct writes them. */
export function labelFor(scope: Construct): Label {
  return scope.node.tryGetContext(SETTINGS_ARE_KEYS) === true
    ? (name) => contextPrefix + name
    : (name) => name;
}
