import { once } from 'node:events';
import { join } from 'node:path';
import { EVERYTHING } from '../cdk/everything.ts';
import { openEnvironment, type Python } from '../python/environment.ts';
import { type Clients, openClients } from './aws/clients.ts';
import { freePort, type Ministack, startMinistack } from './aws/ministack.ts';
import { Deployment } from './deployment.ts';
import { DeployedStage } from './driving/deployed-stage.ts';
import { Doors } from './driving/doors.ts';
import { breakFunction, functionsOf, lastErrors } from './driving/functions.ts';
import { judgeJourneys, sendJourneys } from './driving/journeys.ts';
import { checkLogs } from './driving/logs.ts';
import { checkPage } from './driving/page.ts';
import { recover } from './driving/recovery.ts';
import { endProtection, remainsOf, stacksOf } from './driving/removal.ts';
import { runSchedules } from './driving/schedules.ts';
import { verifyStage } from './driving/verification.ts';
import { whatToTry } from './driving/what-to-try.ts';
import type { Lack } from './lacking.ts';
import type { Progress } from './progress.ts';

export interface Trial {
  readonly python: Python;
  /** Everything that is written is in here. */
  readonly folder: string;
  /** What is adapted to the emulator. */
  readonly lacking: readonly Lack[];
  /** The service of a function to break for good, so that the trial has to fail; undefined for the whole trial. */
  readonly broken: string | undefined;
  /** Whether to keep the emulator with the defaults until the signal, so that a person can try commands. */
  readonly stay: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @throws at the first thing that is wrong. The emulator is ended in any case */
export async function tryDeployment(trial: Trial): Promise<void> {
  const { progress, python, folder } = trial;
  let program = '';
  await progress.step('Python environment', 180, async (options) => {
    const requirements = join(import.meta.dirname, 'requirements.txt');
    program = await openEnvironment(python, { name: 'emulator', requirements, ...options });
    return `Python ${python.version}`;
  });
  let ministack: Ministack | undefined;
  try {
    await progress.step('MiniStack', 30, async (options) => {
      ministack = await startMinistack({ python: program, port: await freePort(), folder, ...options });
      return ministack.url;
    });
    if (ministack) await new Course(trial, ministack).run();
  } finally {
    await ministack?.stop();
  }
}

const DEFAULTS = 'defaults';
const ALL = 'everything';
const SECOND = 'second-stage';

/** The steps in a running emulator. */
class Course {
  readonly #trial: Trial;
  readonly #ministack: Ministack;
  readonly #clients: Clients;
  readonly #doors: Doors;
  readonly #deployment: Deployment;
  readonly #prod: DeployedStage;
  readonly #dev: DeployedStage;

  constructor(trial: Trial, ministack: Ministack) {
    this.#trial = trial;
    this.#ministack = ministack;
    this.#clients = openClients(ministack);
    this.#doors = new Doors(ministack);
    this.#deployment = new Deployment(trial.folder, ministack, trial.lacking);
    this.#prod = new DeployedStage('prod', this.#clients, this.#doors);
    this.#dev = new DeployedStage('dev', this.#clients, this.#doors);
  }

  async run(): Promise<void> {
    try {
      const { broken, stay } = this.#trial;
      if (stay) await this.#stay();
      else await (broken === undefined ? this.#whole() : this.#broken(broken));
    } catch (error) {
      if (!this.#trial.signal.aborted) await this.#explain();
      throw error;
    } finally {
      await this.#doors.close();
      for (const client of Object.values(this.#clients)) client.destroy();
    }
  }

  async #explain(): Promise<void> {
    for (const stage of [this.#prod, this.#dev]) {
      for (const line of await lastErrors(stage, this.#clients)) console.error(line);
    }
  }

  /** Enough to see that a broken function is noticed. */
  async #broken(service: string): Promise<void> {
    const { progress } = this.#trial;
    await this.#defaults();
    await progress.step(`Broken function ${service}`, 30, async () => {
      const name = (await functionsOf(this.#prod, this.#clients)).get(service);
      if (name === undefined) throw new Error(`There is no function ${service}.`);
      await breakFunction(name, this.#clients);
      return name;
    });
    await this.#journeys(this.#prod, 5);
  }

  async #stay(): Promise<void> {
    const { signal } = this.#trial;
    await this.#defaults();
    console.log(await whatToTry(this.#prod, this.#ministack));
    if (!signal.aborted) await once(signal, 'abort');
  }

  async #defaults(): Promise<void> {
    await this.#trial.progress.step('Synthesis', 90, async (options) => {
      await this.#deployment.synthesize(DEFAULTS, {}, options);
      return DEFAULTS;
    });
    await this.#bootstrap();
    await this.#deploy(DEFAULTS, this.#prod);
  }

  async #whole(): Promise<void> {
    await this.#synthesize();
    await this.#bootstrap();
    await this.#deploy(DEFAULTS, this.#prod);
    await this.#journeys(this.#prod, 10);
    await this.#page(this.#prod);
    await this.#trial.progress.step('npx redraw-tracker verify', 90, (options) =>
      verifyStage(this.#prod, this.#ministack, options),
    );

    await this.#deploy(ALL, this.#prod);
    await this.#journeys(this.#prod, 20);
    await this.#page(this.#prod);
    await this.#everything();

    await this.#deploy(SECOND, this.#dev);
    await this.#journeys(this.#dev, 10);
    await this.#deploy(DEFAULTS, this.#prod);
    await this.#journeys(this.#prod, 5);
    await this.#page(this.#prod);

    await this.#removal();
  }

  async #synthesize(): Promise<void> {
    await this.#trial.progress.step('Synthesis', 120, async (options) => {
      await Promise.all([
        this.#deployment.synthesize(DEFAULTS, {}, options),
        this.#deployment.synthesize(ALL, EVERYTHING, options),
        this.#deployment.synthesize(SECOND, { stage: 'dev' }, options),
      ]);
      return 'defaults, everything on, and a second stage';
    });
    await this.#trial.progress.step('What the emulator lacks', 30, () =>
      this.#deployment.checkLacking(ALL, this.#clients),
    );
  }

  async #bootstrap(): Promise<void> {
    await this.#trial.progress.step('Bootstrap', 60, (options) =>
      this.#deployment.bootstrap(DEFAULTS, options),
    );
  }

  async #deploy(app: string, stage: DeployedStage): Promise<void> {
    await this.#trial.progress.step(`Stage ${stage.name}, ${app}`, 90, async (options) => {
      const resources = await this.#deployment.deploy(app, stage, options);
      await stage.storeSecret();
      return resources;
    });
  }

  async #journeys(stage: DeployedStage, count: number): Promise<void> {
    await this.#trial.progress.step(`Webhooks to ${stage.name}`, 60, async ({ signal }) => {
      const { webhooks } = await sendJourneys(stage, count, signal);
      return `${webhooks} in disorder; ${await judgeJourneys(stage)}`;
    });
  }

  async #page(stage: DeployedStage): Promise<void> {
    await this.#trial.progress.step(`Page of ${stage.name}`, 30, () => checkPage(stage));
  }

  /** What takes the longest, or exists only with everything on. */
  async #everything(): Promise<void> {
    const { progress } = this.#trial;
    await progress.step('Scheduled functions', 100, ({ signal }) =>
      runSchedules(this.#prod, this.#clients, signal),
    );
    await progress.step('A function fails', 90, ({ signal }) => recover(this.#prod, this.#clients, signal));
    await progress.step('Logs of prod', 30, () => checkLogs(this.#prod, this.#clients));
  }

  async #removal(): Promise<void> {
    const { progress } = this.#trial;
    await progress.step('Removal of dev, which keeps nothing', 60, async (options) => {
      await this.#deployment.destroy(SECOND, options);
      const remains = [
        ...(await stacksOf(this.#dev, this.#clients)),
        ...(await remainsOf(this.#dev, this.#clients)),
      ];
      if (remains.length > 0) throw new Error(`There still is ${remains.join(', ')}.`);
      return 'nothing is left';
    });
    await progress.step('Removal of prod, which is protected and keeps its data', 60, async (options) => {
      await this.#deployment.destroy(DEFAULTS, options).then(
        () => Promise.reject(new Error('prod was removed although it is protected.')),
        () => undefined,
      );
      await endProtection(this.#prod, this.#clients);
      await this.#deployment.destroy(DEFAULTS, options);
      const stacks = await stacksOf(this.#prod, this.#clients);
      if (stacks.length > 0) throw new Error(`There still is ${stacks.join(', ')}.`);
      return `${(await remainsOf(this.#prod, this.#clients)).length} things are kept`;
    });
  }
}
