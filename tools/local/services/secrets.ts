import { createHash, randomInt } from 'node:crypto';
import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import { refOf } from '../template/resource-names.ts';
import { type Template, unsupported } from '../template/template.ts';
import { type Operation, ServiceFault } from './service-operation.ts';

/** A secret of the template with its local values. */
interface Secret {
  arn: string;
  name: string;
  /** AWSCURRENT first, then AWSPREVIOUS. */
  values: string[];
}

const secretSchema = z.object({
  SecretString: unsupported,
  GenerateSecretString: z.strictObject({
    PasswordLength: z.coerce.number().default(32),
    ExcludePunctuation: z.coerce.boolean().default(false),
    SecretStringTemplate: z.string().optional(),
    GenerateStringKey: z.string().optional(),
  }),
});

/**
 * The template's secrets. A setting gives the value of the secret that a function knows as `<setting>_ARN`:
 * WEBHOOK_SECRET for WEBHOOK_SECRET_ARN. Other secrets are generated once, as the template describes.
 * @param settings name → current value, then the previous one if there is one
 */
export function readSecrets(
  template: Template,
  functions: FunctionDefinition[],
  settings: Record<string, string[]>,
  data: DataDirectory,
): Secret[] {
  const file = data.file('secrets.json');
  const generated = z
    .record(z.string(), z.string())
    .catch({})
    .parse(readJsonFile(file) ?? {});
  const secrets = template.resources('AWS::SecretsManager::Secret').map((id): Secret => {
    const name = template.nameOf(id);
    const arn = refOf('AWS::SecretsManager::Secret', name) ?? name;
    const values = settingFor(arn, functions, settings);
    if (values) return { arn, name, values };
    generated[name] ??= generate(template.read(id, secretSchema).GenerateSecretString);
    return { arn, name, values: [generated[name]] };
  });
  replaceFile(file, JSON.stringify(generated));
  return secrets;
}

function settingFor(arn: string, functions: FunctionDefinition[], settings: Record<string, string[]>) {
  return Object.entries(settings).find(([setting]) =>
    functions.some(({ variables }) => variables[`${setting}_ARN`] === arn),
  )?.[1];
}

/** The part of the Secrets Manager API that functions and commands use. A stored value lasts until the stack stops. */
export function secretsManager(secrets: Secret[]): Record<string, Operation> {
  const inputSchema = z.object({ SecretId: z.string(), VersionStage: z.string().default('AWSCURRENT') });

  const putSchema = z.object({ SecretId: z.string(), SecretString: z.string() });

  function secretWith(id: string): Secret {
    const secret = secrets.find(({ arn, name }) => id === arn || id === name || arn === `${id}-local0`);
    if (secret) return secret;
    throw new ServiceFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  function getSecretValue(input: Record<string, unknown>) {
    const { SecretId: id, VersionStage: stage } = inputSchema.parse(input);
    const secret = secretWith(id);
    const value = secret.values[['AWSCURRENT', 'AWSPREVIOUS'].indexOf(stage)];
    if (value === undefined) {
      const text = `Secrets Manager can't find the specified secret value for staging label: ${stage}`;
      throw new ServiceFault('ResourceNotFoundException', text);
    }
    const VersionId = createHash('sha256').update(value).digest('hex').slice(0, 32);
    return { ARN: secret.arn, Name: secret.name, SecretString: value, VersionId, VersionStages: [stage] };
  }

  function putSecretValue(input: Record<string, unknown>) {
    const { SecretId: id, SecretString } = putSchema.parse(input);
    const secret = secretWith(id);
    secret.values = [SecretString, ...secret.values.slice(0, 1)];
    return { ARN: secret.arn, Name: secret.name, VersionStages: ['AWSCURRENT'] };
  }

  return { 'secretsmanager.GetSecretValue': getSecretValue, 'secretsmanager.PutSecretValue': putSecretValue };
}

function generate(rules: z.output<typeof secretSchema>['GenerateSecretString']): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const characters = letters + (rules.ExcludePunctuation ? '' : '!#$%&()*+,-./:;<=>?@[]^_{|}~');
  const pick = () => characters[randomInt(characters.length)] ?? '';
  const password = Array.from({ length: rules.PasswordLength }, pick).join('');
  if (rules.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate), [rules.GenerateStringKey]: password });
}
