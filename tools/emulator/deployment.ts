import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RedrawTrackerSettings } from '../../lib/configuration/settings.ts';
import { cdk } from '../cdk/cdk.ts';
import { synthesize } from '../cdk/synthesize.ts';
import { Adaptation, adaptAssembly, templatesIn } from './assembly/adapt-assembly.ts';
import { checkWords } from './assembly/check-words.ts';
import type { Clients } from './aws/clients.ts';
import { ACCOUNT, type Ministack, REGION } from './aws/ministack.ts';
import type { DeployedStage } from './driving/deployed-stage.ts';
import type { Lack } from './lacking.ts';

interface StepOptions {
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Synthesizes, adapts, deploys and destroys in a running emulator, by the CDK CLI. */
export class Deployment {
  readonly #folder: string;
  readonly #ministack: Ministack;
  readonly #lacking: readonly Lack[];
  readonly #used = new Set<Lack>();

  constructor(folder: string, ministack: Ministack, lacking: readonly Lack[]) {
    this.#lacking = lacking;
    this.#folder = folder;
    this.#ministack = ministack;
  }

  /** @param name of the synthesized app, for the other methods */
  async synthesize(name: string, settings: RedrawTrackerSettings, options: StepOptions): Promise<void> {
    await synthesize(settings, this.#synthesized(name), {
      ...options,
      home: this.#folder,
      region: REGION,
    });
    const used = adaptAssembly(this.#synthesized(name), this.#adapted(name), this.#lacking, this.#ministack);
    for (const lack of used) this.#used.add(lack);
  }

  /** Compares the list of what is lacking with the app `name` and with what the emulator says. */
  async checkLacking(name: string, { cloudFormation }: Clients): Promise<string> {
    const unused = this.#lacking.filter((lack) => !this.#used.has(lack));
    if (unused.length > 0) {
      throw new Error(`The app does not need ${unused.map((lack) => lack.name)}. Remove it from lacking.ts.`);
    }
    return checkWords(this.#synthesized(name), this.#lacking, cloudFormation);
  }

  /** With the CLI's own template, which is changed as those of the app. @param name of an app, which the CLI would otherwise synthesize */
  async bootstrap(name: string, options: StepOptions): Promise<string> {
    const file = join(this.#folder, 'bootstrap.json');
    const text = await this.#cdk(['bootstrap', '--show-template', ...this.#app(name)], options);
    const adaptation = new Adaptation(this.#lacking, this.#ministack);
    writeFileSync(file, adaptation.template(JSON.stringify(parse(text))));
    await this.#cdk(
      ['bootstrap', `aws://${ACCOUNT}/${REGION}`, '--template', file, ...this.#app(name)],
      options,
    );
    return `${ACCOUNT} in ${REGION}`;
  }

  async deploy(name: string, stage: DeployedStage, options: StepOptions): Promise<string> {
    await this.#cdk(['deploy', '--all', '--require-approval', 'never', ...this.#app(name)], options);
    await stage.read();
    return `${this.#resourceCount(this.#adapted(name))} of ${this.#resourceCount(this.#synthesized(name))} resources`;
  }

  async destroy(name: string, options: StepOptions): Promise<void> {
    await this.#cdk(['destroy', '--all', '--force', ...this.#app(name)], options);
  }

  #cdk(args: readonly string[], options: StepOptions): Promise<string> {
    return cdk(args, {
      ...options,
      home: this.#folder,
      region: REGION,
      cloud: { url: this.#ministack.url, account: ACCOUNT },
    });
  }

  #synthesized = (name: string) => join(this.#folder, `${name}-synthesized`);
  #adapted = (name: string) => join(this.#folder, `${name}-adapted`);
  #app = (name: string) => ['--app', this.#adapted(name)];

  #resourceCount(assembly: string): number {
    return templatesIn(assembly).reduce((sum, { Resources }) => sum + Object.keys(Resources).length, 0);
  }
}
