import { describe, expect, it } from 'vitest';
import { hasDashboard, readConfiguration } from '../../../lib/configuration/configuration.ts';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';

const read = (settings: Record<string, unknown>) =>
  readConfiguration(
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [`redraw-tracker:${key}`, value])),
  );

function errorFor(settings: Record<string, unknown>): string {
  try {
    read(settings);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('the deployment configuration', () => {
  it('is complete without any setting', () => {
    expect(readConfiguration({ '@aws-cdk/core:someFlag': true, 'cli-telemetry': false })).toMatchObject({
      stage: 'prod',
      removalPolicy: 'retain',
      logRetentionDays: 90,
      auditRetentionYears: 6,
      dashboardIdleMinutes: 15,
      webhookSilenceHours: 72,
      redrawNoOrder: 'PT1H',
      redrawNoRequisition: 'P1D',
      redrawNoAppointment: 'P7D',
      redrawAfterAppointment: 'P1D',
      redrawAfterResultDate: 'P1D',
      redrawNoResultDate: 'P14D',
      orderNoRequisition: 'P2D',
      orderNoAppointment: 'P30D',
      orderAfterAppointment: 'P3D',
      orderAfterResultDate: 'P7D',
      orderNoResultDate: 'P30D',
      labTimeZone: 'America/Los_Angeles',
      checkDiverging: 'PT15M',
      checkSilent: 'P30D',
      checkUpdates: 'PT1H',
      criticalNoAcknowledgement: 'PT1H',
      checkDraws: 'P1D',
      sweepEvery: 'PT15M',
      junctionBaseUrl: 'https://api.us.junction.com',
      keepInterpretation: 'off',
      patientNames: 'off',
      reviewHour: 9,
      reviewTimeZone: 'UTC',
      dailyStaleReview: 'off',
    });
  });

  it.each([
    ['recordLink', 'client_user_id'],
    ['junctionLink', 'order_id'],
  ])('takes %s as an https URL with {%s}', (key, id) => {
    const link = `https://records.example.com/of/{${id}}?from=redraws`;
    expect(read({ [key]: link })).toMatchObject({ [key]: link });
    for (const wrong of [
      link.replace('https', 'http'),
      link.replace(id, 'name'),
      'https://example.com/',
      'x',
    ]) {
      expect(errorFor({ [key]: wrong })).toMatch(new RegExp(`${key} .*It must be an https URL`));
    }
  });

  it('takes texts of the deployer for what to do next, by known names and of limited length', () => {
    const texts = { no_order: 'Wait.', 'no_order.short': 'Wait', sample_hemolyzed: 'Be gentle.' };
    for (const given of [texts, JSON.stringify(texts)]) {
      expect(read({ nextSteps: given }).nextSteps).toEqual(texts);
    }
    for (const wrong of [
      { no_ordr: 'Wait.' },
      { 'sample_hemolyzed.short': 'Gentle' },
      { no_order: 'x'.repeat(301) },
      { 'no_order.short': 'x'.repeat(41) },
      { no_order: '<b>Wait</b>' },
      { no_order: '' },
      'no_order',
    ]) {
      expect(errorFor({ nextSteps: wrong })).toMatch(/nextSteps .*It must be an object of texts/);
    }
  });

  it('accepts any case of names, a trailing slash and a plain yes', () => {
    expect(
      read({
        reviewTimeZone: 'america/new_york',
        junctionBaseUrl: 'https://api.eu.junction.com/',
        dailyStaleReview: true,
      }),
    ).toMatchObject({
      reviewTimeZone: 'America/New_York',
      junctionBaseUrl: 'https://api.eu.junction.com',
      dailyStaleReview: 'on',
    });
  });

  it('reads text from the command line like values from cdk.json', () => {
    const issuer = { oidcIssuer: 'https://id.example.com', dashboardClientId: 'page' };
    expect(read({ ...issuer, logRetentionDays: '30', oidcAudience: 'a, b' })).toEqual(
      read({ ...issuer, logRetentionDays: 30, oidcAudience: ['a', 'b'] }),
    );
  });

  it('reads the clients of programs from JSON and from cdk.json, with scopes in a list or a text', () => {
    const machineClients = {
      backend: ['transactions/read', 'orders/write'],
      'lab-reports': ['results/read'],
    };
    const texts = { backend: 'transactions/read orders/write', 'lab-reports': 'results/read, results/read' };
    expect(read({ machineClients: texts }).machineClients).toEqual(machineClients);
    expect(read({ machineClients: JSON.stringify(texts) }).machineClients).toEqual(machineClients);
    const issuer = { oidcIssuer: 'https://id.example.com', oidcAudience: 'a', machineClients };
    expect(errorFor(issuer)).toContain('machineClients applies to the Cognito user pool');
  });

  it('normalizes origins as browsers do', () => {
    const corsOrigins = 'https://OPS.example.com:443/, http://localhost:5173, *';
    expect(read({ corsOrigins }).corsOrigins).toEqual([
      'https://ops.example.com',
      'http://localhost:5173',
      '*',
    ]);
  });

  it.each([
    ['stage', 'Prod_1', 'lowercase letters'],
    ['stage', 'my-aws-test', 'without the words aws'],
    ['tags', { 'aws:owner': 'x' }, 'without the prefixes'],
    ['tags', 'redraw-tracker:stage=x', 'without the prefixes'],
    ['tags', 'owner', 'for example owner=lab-ops'],
    ['tags', { owner: 'Lab & Ops' }, 'characters that AWS allows'],
    ['operatorEmail', 'ops', 'email address'],
    ['logRetentionDays', '45', '30, 60, 90'],
    ['machineClients', 'backend', 'for example {"backend"'],
    ['machineClients', '{}', 'for example {"backend"'],
    ['machineClients', { backend: 'transactions/steal' }, 'The scopes are transactions/read, orders/write'],
    ['machineClients', { backend: [] }, 'the scopes of each'],
    ['machineClients', { Backend: 'transactions/read' }, 'lowercase letters'],
    ['machineClients', { dashboard: 'transactions/read' }, 'not dashboard or local'],
    ['auditRetentionYears', 4, '1, 2, 3, 5, 6'],
    ['reviewHour', 'nine', 'whole hour of the day'],
    ['removalPolicy', 'snapshot', 'retain'],
    ['corsOrigins', 'ops.example.com', 'separated by commas'],
    ['corsOrigins', 'https://ops.example.com/app', 'without a path'],
    ['corsOrigins', 'https://ops.example.com, https://*.example.com', 'separated by commas'],
    ['corsOrigins', 'http://ops.example.com', 'separated by commas'],
    ['oidcIssuer', 'http://login.example.com', 'https URL'],
    ['dashboardIdleMinutes', 0, '1 to 720'],
    ['webhookSilenceHours', 169, '1 to 168'],
    ['webhookRequestsPerSecond', 0.5, '1 to 10000'],
    ['redrawNoOrder', '1 hour', 'ISO 8601 duration'],
    ['redrawNoAppointment', 'P1M', 'for example P7D'],
    ['checkSilent', 'PT0S', 'longer than zero'],
    ['checkUpdates', 'hourly', 'ISO 8601 duration'],
    ['checkDiverging', 15, 'ISO 8601 duration'],
    ['sweepEvery', 'PT90S', 'whole minutes'],
    ['sweepEvery', 'P2D', 'PT1M to P1D'],
    ['junctionBaseUrl', 'http://api.us.junction.com', 'https URL'],
    ['reviewHour', 24, '0 to 23'],
    ['reviewTimeZone', 'Europe/Berlim', 'IANA time zone'],
    ['reviewTimeZone', '+01:00', 'IANA time zone'],
    ['labTimeZone', 'America/Los_Angelos', 'the westernmost lab by its IANA name'],
    ['labTimeZone', '-08:00', 'the westernmost lab by its IANA name'],
    ['dailyStaleReview', 'weekly', 'on or off'],
    ['keepInterpretation', 'critical', 'on (store'],
    ['dashboard', 'yes', 'on or off'],
    ['signInThreatProtection', 'plus', 'on (Cognito’s Plus plan'],
    ['dashboardDomain', 'https://redraws.example.com', 'a host name'],
    ['dashboardCertificateArn', 'arn:aws:acm:eu-west-1:111122223333:certificate/1-2', 'in us-east-1'],
    [
      'dashboardWebAclArn',
      'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/office/1-2',
      'for CloudFront',
    ],
    ['dashboardSignInOrigins', 'tokens.example.com', 'separated by commas'],
    ['entranceWebhookSenders', '203.0.113.256', 'IPv4 and IPv6 addresses or ranges'],
    ['entranceDeniedAddresses', '0.0.0.0/0', 'IPv4 and IPv6 addresses or ranges'],
    ['streamParallelization', 11, '1 to 10'],
    ['patientMessages', 'fax', 'off, sms, email or both'],
    ['messageReminders', 'P1D, tomorrow', 'for example P1D,P3D,P7D'],
    ['messagesOff', 'reminder_0', 'names of messages'],
    ['messageHours', '09:00-16:59', 'at least eight hours apart'],
    ['messageDailyCap', 0, '1 to 20'],
    ['messageConsent', 'yes', 'assumed (your patients have consented'],
    ['messageBrand', 'Lab {first_name}', 'the name that patients know you by'],
    ['messageLink', 'https://portal.example.com/{email}', '{client_user_id}'],
    ['messageLink', 'http://portal.example.com', 'an https URL'],
    ['messageLanguage', 'English', 'two-letter code'],
    ['messageEmailSender', 'example.com', 'that Amazon SES may send from'],
    ['ownerMailSender', 'example.com', 'that Amazon SES may send from'],
    ['signInEmailSender', 'example.com', 'that Amazon SES may send from'],
    ['signInEmailIdentity', 'example', 'the address itself or its domain'],
    ['invitationSubject', 'one\ntwo', 'one line of at most 140'],
    ['invitationSubject', 'x'.repeat(141), 'one line of at most 140'],
    ['invitationMessage', 'Your name is {username}.', 'with {username} and {####}'],
    ['invitationMessage', 'Your password is {####}.', 'with {username} and {####}'],
    ['invitationMessage', '{username} {####} {url}', 'no other field in braces'],
    ['messageSmsSender', '+18005550100', 'not the number itself'],
  ])('refuses %s = %s and says what to set', (key, value, advice) => {
    const message = errorFor({ [key]: value });
    expect(message).toContain(`redraw-tracker:${key} is ${JSON.stringify(value)}.`);
    expect(message).toContain(advice);
    expect(message).toContain('docs/deploy.md');
  });

  it('refuses an unknown key, because a misspelled one would have no effect', () => {
    const message = errorFor({ operatorsEmail: 'ops@example.com' });
    expect(message).toContain('redraw-tracker:operatorsEmail is an unknown key');
    expect(message).toContain('operatorEmail');
    expect(() => read({ constructor: 'x' })).toThrow(ConfigurationError);
  });

  it('reports all faults at once', () => {
    const message = errorFor({ stage: '', dashboard: 'loud', colour: 'red' });
    expect(message.match(/^ {2}- /gm)).toHaveLength(3);
  });

  it('refuses an entrance without senders, and settings of an entrance that is off', () => {
    const entranceWebhookSenders = '203.0.113.7';
    expect(errorFor({ entrance: 'on' })).toContain('without redraw-tracker:entranceWebhookSenders');
    expect(errorFor({ entranceWebhookSenders })).toContain('needs redraw-tracker:entrance to be on');
    expect(read({ entrance: 'on', entranceWebhookSenders })).toMatchObject({
      entranceWebhookSenders: ['203.0.113.7/32'],
    });
  });

  it('refuses messages without a name and a sender for each channel', () => {
    const sender = { messageBrand: 'Example Health', messageEmailSender: 'results@example.com' };
    expect(
      errorFor({ patientMessages: 'both' }).match(/patientMessages includes sms and email without/g),
    ).toHaveLength(3);
    expect(errorFor({ ...sender, patientMessages: 'sms' })).toContain(
      'without redraw-tracker:messageSmsSender',
    );
    const email = { ...sender, patientMessages: 'email' };
    expect(read({ ...email, messageReminders: 'off' })).toMatchObject({ messageReminders: [] });
    expect(errorFor({ ...email, messagesOff: 'requisition_ready' })).toContain(
      'tells patients to wait for it',
    );
    expect(read({ ...email, messagesOff: 'redraw_available,requisition_ready' })).toBeDefined();
  });

  it('refuses mails to owners without the user pool or the dashboard', () => {
    const ownerMailSender = 'redraws@example.com';
    expect(errorFor({ ownerMailSender, dashboard: 'off' })).toContain('The emails link to the dashboard');
    const issuer = { oidcIssuer: 'https://id.example.com', oidcAudience: 'a', dashboardClientId: 'page' };
    expect(errorFor({ ownerMailSender, ...issuer })).toContain('needs the Cognito user pool');
  });

  it('refuses an identity that cannot send from the address of the user pool, or that has no address', () => {
    const signInEmailSender = 'sign-in@mail.example.com';
    for (const signInEmailIdentity of [signInEmailSender, 'mail.example.com', 'example.com'])
      expect(read({ signInEmailSender, signInEmailIdentity })).toMatchObject({ signInEmailIdentity });
    for (const signInEmailIdentity of ['example.org', 'ample.com', 'other@mail.example.com'])
      expect(errorFor({ signInEmailSender, signInEmailIdentity })).toContain('cannot send from sign-in@');
    expect(errorFor({ signInEmailIdentity: 'example.com' })).toContain('without redraw-tracker:signInEmail');
  });

  it('refuses the address of the dashboard in an invitation while only the deployment can know it', () => {
    const invitationMessage = '{dashboard_url} {username} {####}';
    const own = {
      dashboardDomain: 'redraws.example.com',
      dashboardCertificateArn:
        'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    };
    expect(read({ ...own, invitationMessage })).toMatchObject({ invitationMessage });
    expect(errorFor({ invitationMessage })).toContain('dashboardDomain is not set');
    expect(errorFor({ ...own, invitationMessage, dashboard: 'off' })).toContain('the dashboard is off');
    const issuer = { oidcIssuer: 'https://id.example.com', oidcAudience: 'a', dashboardClientId: 'page' };
    for (const ofPool of [{ invitationSubject: 'x' }, { signInEmailSender: 'a@example.com' }])
      expect(errorFor({ ...issuer, ...ofPool })).toContain('applies to the Cognito user pool');
  });

  it('refuses a program the scopes of what is off', () => {
    const machineClients = { shop: ['orders/place'] };
    expect(errorFor({ machineClients })).toContain('orders/place, and redraw-tracker:ordering is off');
    expect(read({ machineClients, ordering: 'on' })).toMatchObject({ machineClients });
  });

  it('refuses half an issuer, and an issuer together with the user pool that it replaces', () => {
    const issuer = { oidcIssuer: 'https://login.example.com' };
    expect(errorFor(issuer)).toContain('without redraw-tracker:oidcAudience');
    expect(errorFor({ oidcAudience: 'a' })).toContain('without redraw-tracker:oidcIssuer');
    expect(errorFor({ ...issuer, oidcAudience: 'a', tokenDomainPrefix: 'mine' })).toContain(
      'Remove one of the two',
    );
  });

  it.each([
    [{}, true],
    [{ dashboard: 'off' }, false],
    [{ oidcIssuer: 'https://login.example.com', oidcAudience: 'a' }, false],
    [{ oidcIssuer: 'https://login.example.com', oidcAudience: 'a', dashboardClientId: 'page' }, true],
  ])('has a dashboard if people can sign in to it: %j is %s', (settings, there) => {
    expect(hasDashboard(read(settings))).toBe(there);
  });

  it('refuses a dashboard without a sign-in, and settings that need another one', () => {
    const issuer = { oidcIssuer: 'https://login.example.com', oidcAudience: 'a' };
    expect(errorFor({ ...issuer, dashboard: 'on' })).toContain('without redraw-tracker:dashboardClientId');
    expect(errorFor({ dashboardClientId: 'page' })).toContain('Set redraw-tracker:oidcIssuer too');
    expect(errorFor({ dashboardDomain: 'redraws.example.com' })).toContain(
      'without redraw-tracker:dashboardCertificateArn',
    );
  });
});
