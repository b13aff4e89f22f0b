import { hasDeployTimeValue } from '../setting/deploy-time-values.ts';
import type { Label } from '../setting/setting-label.ts';
import { missingFor } from './available-scopes.ts';
import { capabilitySettings } from './capability-settings.ts';
import type { Configuration } from './configuration-keys.ts';
import { DASHBOARD_URL_FIELD } from './keys/sign-in-email-keys.ts';

/** The settings that exclude or require each other: a sentence per conflict. */
export function conflictsOf(configuration: Configuration, label: Label): string[] {
  const { oidcIssuer, tokenDomainPrefix, machineClients } = configuration;
  const { signInEmailSender, invitationSubject, invitationMessage } = configuration;
  const ofUserPool = {
    tokenDomainPrefix,
    machineClients,
    signInEmailSender,
    invitationSubject,
    invitationMessage,
  };
  const found = [
    ...requireBoth(
      configuration,
      ['oidcIssuer', 'oidcAudience'],
      'Set both, or neither to use a Cognito user pool.',
      label,
    ),
    ...requireBoth(
      configuration,
      ['dashboardDomain', 'dashboardCertificateArn'],
      'Set both, or neither to use a domain name of CloudFront.',
      label,
    ),
  ];
  for (const [name, value] of Object.entries(ofUserPool)) {
    if (oidcIssuer && value !== undefined) {
      found.push(
        `${label(name)} applies to the Cognito user pool, which ${label('oidcIssuer')} replaces. Remove one of the two.`,
      );
    }
  }
  if (configuration.eventsToTypes && configuration.eventsTo === undefined) {
    found.push(`${label('eventsToTypes')} is set without ${label('eventsTo')}. Set both, or remove it.`);
  }
  return [
    ...found,
    ...teamConflicts(configuration, label),
    ...signInConflicts(configuration, label),
    ...signInEmailConflicts(configuration, label),
    ...entranceConflicts(configuration, label),
    ...capabilitySettings.flatMap((one) => one.conflictsOf(configuration, label)),
    ...ownerMailConflicts(configuration, label),
    ...scopeConflicts(configuration, label),
  ];
}

function teamConflicts({ teams, teamId }: Configuration, label: Label): string[] {
  if (teams === undefined || teamId === undefined) return [];
  return [
    `${label('teams')} and ${label('teamId')} are set. Set ${label('teams')} for several teams in one deployment, or ${label('teamId')} for a deployment of one team.`,
  ];
}

/** The user pool has the addresses of the owners, and the mails link the dashboard. */
function ownerMailConflicts(
  { ownerMailSender, oidcIssuer, dashboard }: Configuration,
  label: Label,
): string[] {
  if (ownerMailSender === undefined) return [];
  if (oidcIssuer) {
    return [
      `${label('ownerMailSender')} needs the Cognito user pool, which has the addresses of the owners and which ${label('oidcIssuer')} replaces. Remove one of the two.`,
    ];
  }
  if (dashboard !== 'off') return [];
  return [
    `${label('ownerMailSender')} is set and ${label('dashboard')} is off. The emails link to the dashboard. Remove one of the two settings.`,
  ];
}

/** A scope that no route needs is a mistake: the program was meant for routes that this deployment does not have. */
function scopeConflicts(configuration: Configuration, label: Label): string[] {
  return Object.entries(configuration.machineClients ?? {}).flatMap(([name, scopes]) =>
    scopes.flatMap((scope) => {
      const setting = missingFor(configuration, scope);
      if (setting === null) return [];
      return [
        `${label('machineClients')} gives ${name} the scope ${scope}, and ${label(setting)} is off. Remove the scope, or switch ${label(setting)} on.`,
      ];
    }),
  );
}

/** Without their addresses, the web ACL would block or limit the senders of webhooks. */
function entranceConflicts({ entrance, ...configuration }: Configuration, label: Label): string[] {
  const { entranceWebhookSenders, entranceDeniedAddresses, entranceSecretVersion } = configuration;
  if (entrance === 'on') {
    if (entranceWebhookSenders) return [];
    return [
      `${label('entrance')} is on without ${label('entranceWebhookSenders')}. Set the addresses that Junction's webhooks come from; docs/operations/entrance.md says where they are published.`,
    ];
  }
  const set = { entranceWebhookSenders, entranceDeniedAddresses, entranceSecretVersion };
  return Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `${label(name)} needs ${label('entrance')} to be on. Set it too, or remove the other.`);
}

function signInConflicts({ oidcIssuer, dashboard, ...configuration }: Configuration, label: Label): string[] {
  const { dashboardClientId, dashboardSignInOrigins } = configuration;
  if (oidcIssuer && dashboard === 'on' && !dashboardClientId) {
    return [
      `${label('oidcIssuer')} is set without ${label('dashboardClientId')}. Register the dashboard with your issuer and set its client id, or set ${label('dashboard')} to off.`,
    ];
  }
  const externalOnly = Object.entries({ dashboardClientId, dashboardSignInOrigins });
  return externalOnly
    .filter(([, value]) => value !== undefined && !oidcIssuer)
    .map(
      ([name]) => `${label(name)} needs an external issuer. Set ${label('oidcIssuer')} too, or remove it.`,
    );
}

/** SES knows an address by itself or by a domain above it, and the invitation has a link only if it is known before the deployment. */
function signInEmailConflicts(configuration: Configuration, label: Label): string[] {
  const { signInEmailSender: sender, signInEmailIdentity: identity } = configuration;
  const { invitationMessage = '', dashboardDomain, dashboard } = configuration;
  const found: string[] = [];
  if (identity !== undefined && sender === undefined) {
    found.push(
      `${label('signInEmailIdentity')} is set without ${label('signInEmailSender')}. Set both or neither.`,
    );
  } else if (identity !== undefined && sender !== undefined && !isIdentityOf(identity, sender)) {
    found.push(
      `${label('signInEmailIdentity')} is ${identity}, which cannot send from ${sender}. Set the address or its domain.`,
    );
  }
  if (invitationMessage.includes(DASHBOARD_URL_FIELD) && (!dashboardDomain || dashboard === 'off')) {
    found.push(
      `${label('invitationMessage')} has ${DASHBOARD_URL_FIELD}, and ${label('dashboardDomain')} is not set or the dashboard is off. Set the domain, or write the URL of the output DashboardUrl into the text.`,
    );
  }
  return found;
}

const isIdentityOf = (identity: string, address: string) =>
  hasDeployTimeValue(identity + address) ||
  identity === address ||
  address.endsWith(`@${identity}`) ||
  address.endsWith(`.${identity}`);

/** Checks two settings that only work together. */
function requireBoth(
  configuration: Configuration,
  [one, other]: [keyof Configuration, keyof Configuration],
  whatToDo: string,
  label: Label,
): string[] {
  if ((configuration[one] === undefined) === (configuration[other] === undefined)) return [];
  const [present, absent] = configuration[one] === undefined ? [other, one] : [one, other];
  return [`${label(present)} is set without ${label(absent)}. ${whatToDo}`];
}
