import { describe, expect, it } from 'vitest';
import { engineBinary } from '../../local/engine.ts';
import { readSettings } from '../../local/settings.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;

describe('settings', () => {
  it('has defaults for all', () => {
    expect(readSettings({ PORT: '', DEMO: '' })).toMatchObject({
      port: 8787,
      dataDirectory: '.local',
      dynamodbEndpoint: undefined,
      webhookSecretIsDefault: true,
      demo: undefined,
    });
  });

  it('reads what is set', () => {
    const settings = readSettings({ PORT: '0', DEMO: 'off', WEBHOOK_SECRET: `${secret}, ${other}` });
    expect(settings).toMatchObject({ port: 0, demo: false, webhookSecrets: [secret, other] });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['DYNAMODB_ENDPOINT', 'localhost:8000'],
    ['DYNAMODB_ENDPOINT', 'nonsense'],
    ['JUNCTION_BASE_URL', 'ftp://x'],
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

  it('names every bad value at once', () => {
    expect(() => readSettings({ PORT: 'x', DEMO: 'x' })).toThrow(/PORT.*\n.*DEMO/);
  });
});

describe('engine', () => {
  it('says what to do on a platform that has none', () => {
    expect(() => engineBinary('darwin', 'arm64')).toThrow(
      /darwin-arm64.*amazon\/dynamodb-local.*DYNAMODB_ENDPOINT/s,
    );
  });
});
