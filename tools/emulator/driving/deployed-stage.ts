import { randomBytes } from 'node:crypto';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Journey } from '../../sandbox/journeys/journeys.ts';
import type { Delivery } from '../../verification/oracle/reading/facts.ts';
import type { Clients } from '../aws/clients.ts';
import type { Doors } from './doors.ts';
import { PatientClient } from './patient-client.ts';

/** A stage in the emulator, and what was sent to it. */
export class DeployedStage {
  readonly name: string;
  /** The signing secret of its webhooks. */
  readonly secret = `whsec_${randomBytes(24).toString('base64')}`;
  readonly journeys: Journey[] = [];
  /** By the name of the journey. */
  readonly received = new Map<string, Delivery[]>();
  readonly #clients: Clients;
  readonly #doors: Doors;
  #outputs: Readonly<Record<string, string>> = {};

  constructor(name: string, clients: Clients, doors: Doors) {
    this.name = name;
    this.#clients = clients;
    this.#doors = doors;
  }

  get stackName(): string {
    return `redraw-tracker-${this.name}`;
  }

  /** Reads the outputs, which a deployment can change. */
  async read(): Promise<void> {
    const { Stacks: [stack] = [] } = await this.#clients.cloudFormation.send(
      new DescribeStacksCommand({ StackName: this.stackName }),
    );
    this.#outputs = Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  }

  output(name: string): string {
    const value = this.#outputs[name];
    if (value === undefined) throw new Error(`${this.stackName} has no output ${name}.`);
    return value;
  }

  /** An output that is a URL, as an address on this machine. */
  url(output: string): Promise<string> {
    return this.#doors.to(this.output(output));
  }

  /** As docs/deploy.md tells to do after the first deployment. */
  async storeSecret(): Promise<void> {
    const command = new PutSecretValueCommand({
      SecretId: this.output('WebhookSecretArn'),
      SecretString: this.secret,
    });
    await this.#clients.secrets.send(command);
  }

  /** A token of the program `backend`, from the stage's own issuer. */
  async token(scope: string): Promise<string> {
    const ClientId = this.output('ClientIdBackend');
    const { UserPoolClient: client } = await this.#clients.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: this.output('UserPoolId'), ClientId }),
    );
    const credentials = Buffer.from(`${ClientId}:${client?.ClientSecret}`).toString('base64');
    const response = await fetch(await this.url('TokenEndpoint'), {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`The token endpoint answered ${response.status}.`);
    return token;
  }

  async client(scope = 'transactions/read'): Promise<PatientClient> {
    return new PatientClient(await this.url('ApiUrl'), await this.token(scope));
  }
}
