/** What settings may change in the stack with the data, and that the other stack then changes too. */
import { describe, expect, it } from 'vitest';
import { statefulChanges } from '../../operations/diff/stateful-changes.ts';
import {
  customSettings,
  externalIssuer,
  type SynthesizedStack,
  synthesize as synthesizeIn,
  withEntrance,
  withMessages,
  withOwnerMails,
} from './synthesized-stack.ts';

/** In us-east-1, where everything is in the two stacks. */
const synthesize = (settings: Record<string, unknown> = {}) => synthesizeIn(settings, 'us-east-1');

const plain = synthesize();
const [plainData] = plain.templates;

/** Everything that can be switched on or off. */
const switches = {
  'messages to patients': withMessages,
  ordering: { ordering: 'on' },
  'emails to owners': withOwnerMails,
  'the entrance': withEntrance,
  'the dashboard': { dashboard: 'off' },
  'threat protection': { signInThreatProtection: 'off' },
};

describe('the data stack has the same resources whether this is on or off', () => {
  it.each(Object.entries(switches))('%s', (_, settings) => {
    const [data] = synthesize(settings).templates;
    expect(typesOf(data)).toEqual(typesOf(plainData));
    expect(statefulChanges(plainData as object, data as object)).toEqual([]);
  });
});

/** Each setting, alone where it can be. */
const changes: Record<string, Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.entries(customSettings)
      .filter(([name]) => name !== 'stage' && !name.startsWith('dashboard'))
      .map(([name, value]) => [name, { [name]: value }]),
  ),
  tokenDomainPrefix: { tokenDomainPrefix: 'my-lab' },
  'tokenDomainPrefix without a dashboard': { tokenDomainPrefix: 'my-lab', dashboard: 'off' },
  oidcIssuer: externalIssuer,
  'oidcIssuer without a dashboard': { ...externalIssuer, dashboard: 'off', dashboardClientId: undefined },
  machineClients: { machineClients: { other: 'transactions/read' } },
};

/**
 * A reference to the data stack is read when the other stack is deployed, and the CDK CLI skips a stack whose template has not
 * changed.
 */
describe('what replaces a resource in the data stack also changes the template of the other one', () => {
  it.each(Object.entries(changes))('%s', (_, settings) => {
    const withDashboard = settings.dashboard === undefined ? plain : synthesize({ dashboard: 'off' });
    const [before, mainBefore] = withDashboard.templates;
    const [data, main] = synthesize(settings).templates;
    const replaced = statefulChanges(before as object, data as object).length > 0;
    if (replaced) expect(main).not.toEqual(mainBefore);
  });

  it('and some of these settings do', () => {
    const replacing = Object.values(changes).filter(
      (settings) =>
        statefulChanges(plainData as object, synthesize(settings).templates[0] as object).length > 0,
    );
    expect(replacing.length).toBeGreaterThan(3);
  });
});

function typesOf(template: SynthesizedStack['templates'][number] | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(template?.Resources ?? {}).map(([id, { Type }]) => [id, Type]));
}
