import { type Random, random } from '../../random.ts';
import { DAY, type Instant, instantOf } from '../../time.ts';
import { DOCUMENTED_DIALECT } from '../../world/dialect.ts';
import type { Order } from '../../world/order.ts';
import { type Patient, sampleIds } from '../../world/patient.ts';
import { Story } from '../../world/story.ts';
import type { LiveStories } from '../live-stories.ts';
import type { OrderRequest } from './order-request.ts';
import { orderedBy } from './order-rules.ts';

const JUNCTION_PHYSICIAN = { first_name: 'Jamie', last_name: 'Junction', npi: '1234567893' };
const PHOENIX = { lng: -112.0686, lat: 33.4517 };

interface Dependencies {
  live: LiveStories;
  now: () => Instant;
  teamId: string;
  /** The client's id of a user that Junction knows; null for others. */
  clientUserIdOf: (userId: string) => string | null;
  /** The source of all ids. */
  source: Random;
}

/** Orders that are placed by the API. They stay `ordered` until they are simulated, as in Junction's own sandbox. */
export class PlacedOrders {
  readonly #world: Dependencies;
  readonly #insured = new Set<string>();
  #count = 0;

  constructor(world: Dependencies) {
    this.#world = world;
  }

  insure(userId: string): void {
    this.#insured.add(userId);
  }

  /** @throws {Refusal} if a rule is broken; then there is no order */
  place(request: OrderRequest): Order {
    const { live, now, teamId, clientUserIdOf, source } = this.#world;
    const startAt = now();
    const userId = request.user_id;
    const { labTest, modality } = orderedBy(request, { now: startAt, isInsured: this.#insured.has(userId) });
    this.#count += 1;
    const own = source.fork(`order/${this.#count}`);
    const clientUserId = clientUserIdOf(userId) ?? `user-${userId.slice(0, 8)}`;
    const story = new Story(own, {
      startAt,
      teamId,
      dialect: DOCUMENTED_DIALECT,
      patient: patientOf(request, own.fork('patient')),
      user: { userId, clientUserId },
    });
    live.begin(story);
    return story.place({
      modality,
      labTest,
      billing: { type: request.billing_type, priority: request.priority },
      ...(request.activate_by === null
        ? {}
        : { activateBy: instantOf(`${request.activate_by}T00:00:00Z`) + DAY / 2 }),
    });
  }
}

function patientOf(request: OrderRequest, own: Random): Patient {
  const { patient_details: details, patient_address: address } = request;
  return {
    details: { ...details, medical_proxy: details.medical_proxy } as Patient['details'],
    address,
    physician: request.physician ?? JUNCTION_PHYSICIAN,
    home: PHOENIX,
    sampleId: sampleIds(own.fork('samples'), own.digits(9)),
    notes: null,
    clinicalNotes: request.clinical_notes,
    appointmentNotes: null,
    cancellationReason: 'Patient is not available',
    passthrough: request.passthrough,
    healthInsuranceId: null,
    icdCodes: request.icd_codes,
    trackingNumber: `1Z${own.base62(16).toUpperCase()}`,
    labPatientId: own.digits(8),
    age: null,
    labNotes: null,
    labValue: null,
    requisition: null,
  };
}

/** A source of ids that differ from one start of the sandbox to the next. */
export function freshSource(): Random {
  return random(`sandbox/${crypto.randomUUID()}`);
}
