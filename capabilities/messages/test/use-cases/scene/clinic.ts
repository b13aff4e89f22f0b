/** A tracker, a Junction that returns the latest state of each order, and providers that record what they accepted. */

import type { FailuresByRoute } from '../../../../../core/domain/optional-route.ts';
import type { Accepted, OutcomeUnknown, Refused, Throttled } from '../../../../../core/email/provider.ts';
import { appointmentFacts, appointmentPayload } from '../../../../../core/junction/appointment-payload.ts';
import type { JunctionClient } from '../../../../../core/junction/client.ts';
import { contactOf, contactPayload } from '../../../../../core/junction/contact.ts';
import { orderFacts, orderPayload } from '../../../../../core/junction/order-payload.ts';
import { JunctionUnavailable } from '../../../../../core/junction/unavailable.ts';
import { readOrThrow } from '../../../../../core/reading/reading.ts';
import type { Table } from '../../../../../core/store/table.ts';
import { JunctionGuard } from '../../../../../core/use-cases/reconcile/junction-guard.ts';
import { OptionalRoutes } from '../../../../../core/use-cases/reconcile/optional-routes.ts';
import { TRANSACTION } from '../../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { instant, Tracker } from '../../../../../test/core/use-cases/sweep/scene/tracker.ts';
import { MemoryTable } from '../../../../../tools/verification/memory-table/memory-table.ts';
import type { Json } from '../../../../../tools/verification/oracle/reading/spelling.ts';
import { ofEachChannel } from '../../../rules/channels.ts';
import type { PatientMessage } from '../../../rules/message.ts';
import type { SendSettings } from '../../../rules/message-settings.ts';
import type { ChoiceChange } from '../../../rules/patient-record.ts';
import { readMessages } from '../../../store/messages.ts';
import type { Prepare } from '../../../use-cases/channels.ts';
import {
  emptyReport,
  type MessageDependencies,
  type MessageReport,
  processMessages,
} from '../../../use-cases/process-messages.ts';
import type { OutcomeDependencies } from '../../../use-cases/record-outcome.ts';
import { sendDueMessages } from '../../../use-cases/send-due-messages.ts';

const DAY = 86_400_000;
const NOBODY = { user_id: null, client_user_id: null, team_id: null };

const SETTINGS: SendSettings = {
  channels: ['sms', 'email'],
  reminders: [DAY, 3 * DAY, 7 * DAY],
  off: [],
  tooLate: DAY,
  hours: { from: 9 * 60, to: 20 * 60 },
  dailyCap: 3,
  consent: 'assumed',
  besideJunction: false,
};

/** The scene has no run that goes on after a failure. */
function rethrow(_: string, error: unknown): never {
  throw error;
}

/** What the providers took. */
export interface Taken {
  readonly to: string;
  readonly ref: string;
  readonly text: string;
  readonly at: string;
}

/** What a provider does with a message instead of taking it. `taken` and unclear: the answer is lost. */
export type Trouble = Refused | Throttled | OutcomeUnknown | { readonly lost: OutcomeUnknown };

/** A patient in New York. */
const PATIENT_OF_NEW_YORK = {
  patient_details: { first_name: 'Ada', phone_number: '+1 (212) 555-0142', email: 'ada@example.com' },
  patient_address: { state: 'NY' },
};

export class Clinic {
  readonly tracker: Tracker;
  readonly taken: Taken[] = [];
  settings: SendSettings = SETTINGS;
  /** Whom Junction knows as the patient. */
  patient: Json = PATIENT_OF_NEW_YORK;
  /** Null if Junction has no such setting; an error if it does not say. */
  junctionSendsSms: boolean | null | JunctionUnavailable = false;
  /** What is known of Junction's optional routes. */
  routeFailures: FailuresByRoute = {};
  /** Whether Junction answers. */
  isUp = true;
  /** What the provider does with the next messages; it takes them by default. */
  readonly troubles: Trouble[] = [];
  /** The choices of patients that the audit trail got. */
  readonly choices: ChoiceChange[] = [];
  /** The reports to operators about messages that were not sent, as `id state reason`, in order. */
  readonly notSent: string[] = [];
  /** Called before each request to Junction or a provider. */
  onStep: () => Promise<void> = async () => undefined;
  /** Called with each message that a provider takes. */
  onTaken: (taken: Taken) => void = () => undefined;
  /** How the runs access the table; directly by default. */
  through: (memory: MemoryTable) => Table = (memory) => memory;
  readonly #orders = new Map<string, Json>();
  readonly #visits = new Map<string, Json>();
  /** From whom messages were. */
  readonly brands = new Set<string>();
  #now = '';

  constructor(memory = new MemoryTable()) {
    this.tracker = new Tracker({ memory });
  }

  get outcomes(): OutcomeDependencies {
    return {
      projection: this.tracker.projection,
      recordChoice: async (choice) => {
        this.choices.push(choice);
      },
    };
  }

  get now(): string {
    return this.#now;
  }

  /** Junction knows an order in this state, whether or not its webhook arrives. */
  knows(order: Json): void {
    this.#orders.set(String(order.id), order);
  }

  /** Junction knows an appointment. */
  knowsVisit(visit: Json): void {
    this.#visits.set(String(visit.order_id), visit);
  }

  /** Junction reports an order, and its webhook arrives. */
  async hears(order: Json, at: string): Promise<void> {
    this.knows(order);
    await this.tracker.deliver(order, at);
  }

  /** A run for one transaction, as after an event of the bus. */
  async look(at: string, id = TRANSACTION): Promise<MessageReport> {
    const report = emptyReport();
    await processMessages(this.dependencies(at), id, report);
    return report;
  }

  /** A scheduled run. */
  async run(at: string): Promise<MessageReport> {
    const report = emptyReport();
    const run = { every: 300_000, hasTime: () => true, onFailure: rethrow };
    await sendDueMessages(this.dependencies(at), run, report);
    return report;
  }

  dependencies(at: string): MessageDependencies {
    this.#now = instant(at);
    const projection = { ...this.tracker.projection, table: this.through(this.tracker.memory) };
    const client = this.#junction();
    const prepare: Prepare = ({ template }, { firstName, lab, brand }) => {
      this.brands.add(brand);
      const text = `${template} for ${firstName} at ${lab}`;
      return (addressed) => this.#take({ ...addressed, text, at: this.#now });
    };
    return {
      ...this.outcomes,
      projection,
      settings: this.settings,
      teamId: null,
      now: () => this.#now,
      notSent: ({ id }, state, reason) => this.notSent.push([id, state, reason].join(' ')),
      preparers: ofEachChannel(() => prepare),
      brands: new Map([['north', 'North Labs']]),
      sender: { brand: 'Acme Health', link: 'https://acme.example/redraw/{order_id}', phone: null },
      // The west has no key.
      junctionOf: async (team) =>
        team === 'west'
          ? null
          : {
              client,
              guard: new JunctionGuard(projection, client, this.#now),
              optional: new OptionalRoutes(this.#now, this.routeFailures),
            },
    };
  }

  /** The markers of the transaction as `id state reason`, in order. */
  async markers(): Promise<string[]> {
    return (await this.messages()).map(({ id, state, reason }) => [id, state, reason ?? ''].join(' ').trim());
  }

  messages(id = TRANSACTION): Promise<PatientMessage[]> {
    return readMessages(this.tracker.memory, id);
  }

  async #take(message: Taken): Promise<Accepted> {
    await this.onStep();
    const trouble = this.troubles.shift();
    if (trouble instanceof Error) throw trouble;
    this.taken.push(message);
    this.onTaken(message);
    await this.onStep();
    if (trouble) throw trouble.lost;
    return { providerId: `provider-${this.taken.length}` };
  }

  #junction(): JunctionClient {
    const ask = async (): Promise<void> => {
      await this.onStep();
      if (!this.isUp) throw new JunctionUnavailable('down', 'failed');
    };
    const client: Pick<
      JunctionClient,
      | 'order'
      | 'newestOrders'
      | 'appointment'
      | 'transactionOrders'
      | 'missingResults'
      | 'contact'
      | 'sendsSms'
    > = {
      order: async (id) => {
        await ask();
        const order = this.#orders.get(id);
        return order ? orderFacts(readOrThrow(orderPayload, order), NOBODY, this.now) : null;
      },
      newestOrders: async () => {
        await ask();
        return [...this.#orders.keys()].map((id) => ({ id, team_id: null }));
      },
      appointment: async (_, id) => {
        await ask();
        const visit = this.#visits.get(id);
        return visit ? appointmentFacts(readOrThrow(appointmentPayload, visit), this.now) : null;
      },
      transactionOrders: async () => {
        await ask();
        return [...this.#orders.keys()].map((id) => ({ id, status: null, status_at: null }));
      },
      missingResults: async () => {
        await ask();
        return null;
      },
      contact: async (id) => {
        await ask();
        return contactOf(readOrThrow(contactPayload, { id, ...this.patient }));
      },
      sendsSms: async () => {
        await ask();
        if (this.junctionSendsSms instanceof JunctionUnavailable) throw this.junctionSendsSms;
        return this.junctionSendsSms;
      },
    };
    return client as JunctionClient;
  }
}
