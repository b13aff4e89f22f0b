import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/configuration.ts';
import { SANDBOX_API_KEY } from '../../sandbox/server.ts';
import { engineBinary } from '../database/embedded-engine.ts';
import { junctionKey, secretSettings } from '../junction.ts';
import { readSettings } from '../settings.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({ PORT: '', DEMO: '' })).toMatchObject({
      port: 8787,
      allowedHosts: [],
      dataDirectory: '.local',
      dynamodbEndpoint: undefined,
      webhookSecretIsDefault: true,
      demo: undefined,
      junctionApiKey: undefined,
      logEvents: false,
      events: { targets: [] },
      retryTimeScale: 1440,
      context: { 'redraw-tracker:watchingSince': 'import' },
    });
  });

  it('read the environment', () => {
    const settings = readSettings({ PORT: '0', DEMO: 'off', WEBHOOK_SECRET: `${secret}, ${other}` });
    expect(settings).toMatchObject({ port: 0, demo: false, webhookSecrets: [secret, other] });
  });

  it('pass the clocks as the configuration of the deployment', () => {
    const clocks = {
      REDRAW_NO_ORDER: 'PT30M',
      REDRAW_NO_REQUISITION: 'P2D',
      REDRAW_NO_APPOINTMENT: 'P1W',
      REDRAW_AFTER_APPOINTMENT: 'PT36H',
      REDRAW_AFTER_RESULT_DATE: 'P3D',
      REDRAW_NO_RESULT_DATE: 'P10D',
      CHECK_DIVERGING: 'PT1M',
      CHECK_SILENT: 'P90D',
      LAB_TIME_ZONE: 'Pacific/Honolulu',
    };
    const { context } = readSettings(clocks);
    expect(context).toEqual({
      'redraw-tracker:redrawNoOrder': 'PT30M',
      'redraw-tracker:redrawNoRequisition': 'P2D',
      'redraw-tracker:redrawNoAppointment': 'P1W',
      'redraw-tracker:redrawAfterAppointment': 'PT36H',
      'redraw-tracker:redrawAfterResultDate': 'P3D',
      'redraw-tracker:redrawNoResultDate': 'P10D',
      'redraw-tracker:checkDiverging': 'PT1M',
      'redraw-tracker:checkSilent': 'P90D',
      'redraw-tracker:labTimeZone': 'Pacific/Honolulu',
      'redraw-tracker:watchingSince': 'import',
    });
    expect(readConfiguration(context)).toMatchObject({ redrawNoOrder: 'PT30M', checkSilent: 'P90D' });
  });

  it('need nothing but the switch for messages to patients', () => {
    const { context } = readSettings({ PATIENT_MESSAGES: 'both', MESSAGE_HOURS: '00:00-24:00' });
    expect(readConfiguration(context)).toMatchObject({
      patientMessages: ['sms', 'email'],
      messageHours: '00:00-24:00',
      messageBrand: 'Example Health',
    });
    expect(() => readSettings({ PATIENT_MESSAGES: 'on' })).toThrow(
      'PATIENT_MESSAGES must be off, sms, email or both.',
    );
  });

  it.each([
    [{}, SANDBOX_API_KEY],
    [{ JUNCTION_API_KEY: 'none' }, null],
    [{ JUNCTION_API_KEY: 'sk_mine' }, 'sk_mine'],
    [{ JUNCTION_BASE_URL: 'https://junction.example' }, null],
    [{ JUNCTION_BASE_URL: 'https://junction.example', JUNCTION_API_KEY: 'sk_mine' }, 'sk_mine'],
  ])('with %j have the key %j', (environment, key) => {
    const settings = readSettings(environment);
    expect(junctionKey(settings)).toBe(key);
    expect(secretSettings(settings).JUNCTION_API_KEY).toEqual(key === null ? undefined : [key]);
  });

  it.each([
    ['REDRAW_NO_ORDER', 'soon'],
    ['REDRAW_NO_REQUISITION', '1 day'],
    ['REDRAW_NO_APPOINTMENT', 'P1M'],
    ['REDRAW_AFTER_APPOINTMENT', '-P1D'],
    ['REDRAW_AFTER_RESULT_DATE', 'PT'],
    ['REDRAW_NO_RESULT_DATE', 'P0D'],
    ['CHECK_DIVERGING', 'P99999D'],
    ['CHECK_SILENT', 'p30d'],
    ['LAB_TIME_ZONE', 'Pacific/Atlantis'],
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['ALLOWED_HOSTS', 'https://box.example.com'],
    ['DYNAMODB_ENDPOINT', 'localhost:8000'],
    ['DYNAMODB_ENDPOINT', 'nonsense'],
    ['JUNCTION_BASE_URL', 'ftp://x'],
    ['JUNCTION_BASE_URL', 'https://me:mine@junction.example'],
    ['JUNCTION_BASE_URL', 'https://junction.example/?v3'],
    ['DEMO', 'yes'],
    ['WEBHOOK_SECRET', 'secret'],
    ['WEBHOOK_SECRET', 'whsec_'],
    ['WEBHOOK_SECRET', 'whsec_c2hvcnQ='],
    ['WEBHOOK_SECRET', `${secret}!`],
    ['WEBHOOK_SECRET', `${secret},${secret},${secret}`],
    ['WEBHOOK_SECRET', `${secret},`],
  ])('refuses %s=%s with a sentence that names it', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} must be .+\\.$`));
  });

  it('say how a duration is written', () => {
    expect(() => readSettings({ REDRAW_NO_ORDER: 'soon' })).toThrow(
      /^REDRAW_NO_ORDER must be an ISO 8601 duration .*\(for example .*\)\.$/,
    );
  });

  it('name every invalid value', () => {
    expect(() => readSettings({ PORT: 'x', DEMO: 'x' })).toThrow(/PORT.*\n.*DEMO/);
  });
});

describe('engine', () => {
  it('explains what to do on a platform without an engine', () => {
    expect(() => engineBinary('darwin', 'arm64')).toThrow(
      /^There is no .* for darwin-arm64.*amazon\/dynamodb-local.*DYNAMODB_ENDPOINT=/,
    );
  });

  it('explains that it is not installed', () => {
    const nowhere = (file: string) => {
      throw new Error(`Cannot find module ${file}`);
    };
    expect(() => engineBinary('linux', 'x64', nowhere)).toThrow(
      /^The embedded .* is not installed.*npm ci.*amazon\/dynamodb-local.*DYNAMODB_ENDPOINT=/,
    );
  });
});
