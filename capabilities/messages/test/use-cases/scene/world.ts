/** One random story with its runs, and the judge of what the providers took. */

import type { Table } from '../../../../../core/store/table.ts';
import { transactionKey } from '../../../../../core/store/table-layout.ts';
import { acknowledge } from '../../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { person } from '../../../../../test/callers.ts';
import { TRANSACTION } from '../../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { instant } from '../../../../../test/core/use-cases/sweep/scene/tracker.ts';
import type { Random } from '../../../../../tools/sandbox/random.ts';
import type { MemoryTable } from '../../../../../tools/verification/memory-table/memory-table.ts';
import { USER } from '../../../../../tools/verification/oracle/bodies.ts';
import { type PatientMessage, TEMPLATES, type TemplateName } from '../../../rules/message.ts';
import { recordChoices } from '../../../use-cases/record-choices.ts';
import { recordOutcome } from '../../../use-cases/record-outcome.ts';
import { recordReply } from '../../../use-cases/record-reply.ts';
import { requestMessage } from '../../../use-cases/request-message.ts';
import { Clinic, type Taken } from './clinic.ts';
import { type Change, HOUR, iso, isTrueAt, redrawStory, START } from './redraw-story.ts';

/** The machine stopped. */
class Killed extends Error {
  override readonly name = 'Killed';
}

const DAILY_CAP = 2;
/** A message in one of these states went or did not. */
const OPEN_ENDED: readonly string[] = ['unknown', 'opted_out'];
const EVERY_TEMPLATE = [...TEMPLATES, 'reminder_1', 'reminder_2', 'reminder_3'];
/** New York sets its clocks forward on March 8, 2026, at 7:00 UTC. */
const SUMMER = Date.parse('2026-03-08T07:00:00Z');
const localHour = (at: number) => new Date(at - (at < SUMMER ? 5 : 4) * HOUR);

type Disturb = (clinic: Clinic, random: Random) => void;

export class World {
  readonly clinic = new Clinic();
  readonly violations: string[] = [];
  killed = 0;
  readonly #random: Random;
  /** Nothing goes wrong: no kill, loss or trouble. Then every message that still applies must be sent. */
  readonly #isCalm: boolean;
  readonly #story: readonly Change[];
  /** The steps left until the machine stops. */
  #stepsLeft = Number.POSITIVE_INFINITY;
  #stopsAfterwards = false;

  constructor(random: Random, isCalm: boolean) {
    this.#random = random;
    this.#isCalm = isCalm;
    this.#story = redrawStory(random.fork('story'));
    const { clinic } = this;
    clinic.settings = { ...clinic.settings, dailyCap: isCalm ? 20 : DAILY_CAP };
    clinic.onStep = () => this.#step(async () => undefined);
    clinic.through = (memory) => this.#machine(memory);
    clinic.onTaken = (taken) => this.#judge(taken);
  }

  async play(disturb: Disturb): Promise<void> {
    const end = (this.#story.at(-1)?.at ?? START) + 9 * 24 * HOUR;
    const waiting = this.#story.flatMap((change) => this.#webhooksOf(change));
    let done = -1;
    for (let now = START; now < end; now += this.#random.int(20, 480) * 60_000) {
      for (const [index, change] of this.#story.entries()) {
        if (index <= done || change.at > now) continue;
        this.clinic.knows(change.order);
        if (change.visit) this.clinic.knowsVisit(change.visit.data as never);
        done = index;
      }
      for (const webhook of waiting.filter((one) => one.at <= now)) {
        waiting.splice(waiting.indexOf(webhook), 1);
        await this.clinic.tracker.deliver(webhook.body, iso(webhook.at));
        await this.#runs(now, () => this.clinic.look(iso(now)));
      }
      if (!this.#isCalm) {
        disturb(this.clinic, this.#random);
        this.clinic.isUp = !this.#random.chance(0.1);
        await this.#people(now);
      }
      await this.#runs(now, () => this.clinic.run(iso(now)));
    }
    await this.#settle(end);
  }

  /** Webhooks can be late or lost. The first one arrives at last, or nothing would ever be known. */
  #webhooksOf(change: Change) {
    const bodies = [change.order, ...(change.visit ? [change.visit] : [])];
    return bodies.flatMap((body) => {
      const [late, lost] = this.#isCalm
        ? [false, false]
        : [this.#random.chance(0.3), this.#random.chance(0.2)];
      if (lost && change.phase !== 'available') return [];
      return [{ body, at: change.at + (late ? this.#random.int(1, 40) * HOUR : 0) }];
    });
  }

  /** One run or two at once, of which the machine may stop. */
  async #runs(now: number, run: () => Promise<unknown>): Promise<void> {
    const isKilled = !this.#isCalm && this.#random.chance(0.35);
    this.#stepsLeft = isKilled ? this.#random.int(1, 30) : Number.POSITIVE_INFINITY;
    this.#stopsAfterwards = this.#random.chance(0.5);
    const count = this.#random.chance(0.2) ? 2 : 1;
    const results = await Promise.allSettled(Array.from({ length: count }, run));
    this.#stepsLeft = Number.POSITIVE_INFINITY;
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      if (!(result.reason instanceof Killed)) throw result.reason;
      this.killed += 1;
    }
    if (!this.#isCalm && this.#random.chance(0.3)) await this.#report(now);
  }

  #machine(memory: MemoryTable): Table {
    const send = (command: unknown) => this.#step(() => memory.client.send(command as never));
    return { name: memory.name, client: { send } as unknown as Table['client'] };
  }

  /** Lets the other run go first, at times. A machine that stops does so before a step, or when it is done. */
  async #step<Result>(what: () => Promise<Result>): Promise<Result> {
    for (let turn = this.#random.int(0, 2); turn > 0; turn -= 1) await undefined;
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0 || (this.#stepsLeft === 0 && !this.#stopsAfterwards)) throw new Killed();
    const result = await what();
    if (this.#stepsLeft <= 0) throw new Killed();
    return result;
  }

  /** Somebody stops the messages, or records an opt-out. */
  async #people(now: number): Promise<void> {
    const olivia = { by: 'olivia', caller: person('olivia') };
    if (this.#random.chance(0.01)) {
      const choices = { opt_out: { [this.#random.pick(['sms', 'email'])]: true } };
      const { table, pause } = this.clinic.tracker.projection;
      await recordChoices({ table, pause }, USER, choices, { ...olivia, at: instant(iso(now)) });
    }
    if (this.#random.chance(0.1)) await this.#request(iso(now));
    if (!this.#random.chance(0.02)) return;
    const request = { ...olivia, note: 'I call her', stopMessages: true };
    await acknowledge(this.clinic.tracker.projection, TRANSACTION, request, new Date(now)).catch(() => null);
  }

  /** Two people request the same message by hand. */
  async #request(now: string): Promise<void> {
    const { settings, tracker } = this.clinic;
    const { table, pause } = tracker.projection;
    const context = { table, pause, settings, teamId: null, announce: async () => undefined };
    const template = this.#random.pick(EVERY_TEMPLATE) as TemplateName;
    const channel = this.#random.pick(['sms', 'email'] as const);
    const request = { template, channel, by: 'olivia', caller: person('olivia'), why: 'she asked' };
    const both = [1, 2].map(() => requestMessage(context, TRANSACTION, request, instant(now)));
    await Promise.allSettled(both);
  }

  /** The provider reports something about a message that it took. */
  async #report(now: number): Promise<void> {
    const [taken] = this.#random.shuffled(this.clinic.taken);
    if (!taken) return;
    const state = this.#random.pick(['sent', 'delivered', 'bounced'] as const);
    const { outcomes } = this.clinic;
    const named = { transaction_id: TRANSACTION, id: idOf(taken) };
    await recordOutcome(outcomes, named, { state, reason: null, optsOut: false }, instant(iso(now)));
    if (!this.#random.chance(0.05)) return;
    // The patient may reply to a text whose answer was lost, which has no id here.
    const replyTo = `provider-${this.clinic.taken.indexOf(taken) + 1}`;
    await recordReply(outcomes, { kind: 'opt_out', replyTo }, instant(iso(now)));
  }

  #judge(taken: Taken): void {
    const at = Date.parse(taken.at);
    const id = idOf(taken);
    const [template = '', channel = '', byHand] = id.split('.');
    const blame = (what: string) => this.violations.push(`${taken.at} ${id}: ${what}`);
    const { taken: all } = this.clinic;
    if (all.filter((one) => one.ref === taken.ref).length > 1) blame('sent twice');
    const sameText = (one: Taken) => textOf(idOf(one)) === textOf(id) && Date.parse(one.at) > at - HOUR;
    if (all.filter(sameText).length > 1) blame('sent again within the hour');
    const local = localHour(at);
    if (local.getUTCHours() < 9 || local.getUTCHours() >= 20) blame('sent at night');
    const today = all.filter((one) => dayOf(one) === dayOf(taken));
    if (!this.#isCalm && today.length > DAILY_CAP) blame('beyond the cap');
    const known = this.#story.filter((change) => change.at <= at).at(-1);
    if (!known || !isTrueAt(template, known, at, byHand !== undefined))
      blame(`not true while ${known?.phase}`);
    const items = this.clinic.tracker.memory.items;
    const patient = items.get(`PATIENT#${USER} PATIENT`) as { opt_out?: Record<string, unknown> } | undefined;
    if (patient?.opt_out?.[channel]) blame('after an opt-out');
    const transaction = items.get(Object.values(transactionKey(TRANSACTION)).join(' ')) as {
      marks: { acknowledgement: unknown };
    };
    const isStopped = JSON.stringify(transaction.marks).includes('"stop_messages":true');
    // Somebody may send one by hand nevertheless.
    if (isStopped && byHand === undefined) blame('after a stop');
  }

  /** Everything is answered, and enough time passes. Then nothing is left open. */
  async #settle(end: number): Promise<void> {
    this.clinic.isUp = true;
    this.clinic.troubles.length = 0;
    for (let hour = 0; hour <= 36; hour += 3) await this.clinic.run(iso(end + hour * HOUR));
    const later = iso(end + 36 * HOUR);
    for (const message of await this.clinic.messages()) {
      const fault = this.#faultOf(message, later);
      if (fault) this.violations.push(`${message.id} ${message.state} ${message.reason}: ${fault}`);
    }
    if (this.#isCalm) this.#judgeCompleteness(end);
  }

  #faultOf({ id, state, due_at, unreported, reason }: PatientMessage, now: string): string | null {
    const went = this.clinic.taken.some((one) => idOf(one) === id);
    if (state === 'sending' || unreported || (state === 'planned' && due_at <= now)) return 'left open';
    if (['sent', 'delivered', 'bounced'].includes(state) !== went && !OPEN_ENDED.includes(state)) {
      return went ? 'went' : 'never sent';
    }
    return state === 'suppressed' && reason === null ? 'without a reason' : null;
  }

  /** Without trouble, a message goes if it becomes true and stays so for a day and a half. */
  #judgeCompleteness(end: number): void {
    for (const [index, change] of this.#story.entries()) {
      const until = this.#story[index + 1]?.at ?? end;
      for (const template of EVERY_TEMPLATE) {
        const hours = (until - change.at) / HOUR;
        const from = Array.from({ length: hours }, (_, hour) => change.at + hour * HOUR).find((at) =>
          isTrueAt(template, change, at),
        );
        if (from === undefined || until - from < 36 * HOUR) continue;
        for (const channel of ['sms', 'email']) {
          const went = this.clinic.taken.some((one) => idOf(one) === `${template}.${channel}`);
          if (!went) this.violations.push(`${template}.${channel}: true from ${iso(from)}, and never sent`);
        }
      }
    }
  }
}

const idOf = ({ ref }: Taken) => ref.slice(TRANSACTION.length + 1).replaceAll('-', '.');
/** The channel and the text. All reminders have one. */
const textOf = (id: string) => id.split('.').slice(0, 2).join('.').replace(/_\d/, '');
const dayOf = ({ at }: Taken) => localHour(Date.parse(at)).toISOString().slice(0, 10);
