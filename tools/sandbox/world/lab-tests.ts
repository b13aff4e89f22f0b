import type {
  ClientFacingLab,
  ClientFacingLabTest,
  ClientFacingMarker,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';

export type Modality = 'walk_in_test' | 'at_home_phlebotomy' | 'on_site_collection' | 'testkit';

export type LabSlug = 'quest' | 'labcorp' | 'bioreference' | 'spiriplex';

const DRAWN = ['walk_in_test', 'at_home_phlebotomy', 'on_site_collection'] as const;

export const LABS: Record<LabSlug, ClientFacingLab.Raw> = {
  quest: lab(6, 'quest', 'Quest Diagnostics', '1201 S Collegeville Rd', 'Collegeville', '19426'),
  labcorp: lab(27, 'labcorp', 'Labcorp', '358 S Main Street', 'Burlington', '27215'),
  bioreference: lab(41, 'bioreference', 'BioReference', '481 Edward H. Ross Drive', 'Elmwood Park', '07407'),
  spiriplex: lab(12, 'spiriplex', 'Spiriplex', '2500 Crosspark Road', 'Coralville', '52241'),
};

type BaseMarker = Pick<ClientFacingMarker.Raw, 'id' | 'name' | 'slug' | 'unit'> & {
  questions: NonNullable<ClientFacingMarker.Raw['aoe']>['questions'];
};

const MARKERS: readonly BaseMarker[] = [
  {
    id: 1017,
    name: 'Thyroid Stimulating Hormone',
    slug: 'thyroid-stimulating-hormone',
    unit: 'mIU/L',
    questions: [],
  },
  { id: 1041, name: 'Ferritin', slug: 'ferritin', unit: 'ng/mL', questions: [] },
  { id: 1102, name: 'Hemoglobin A1c', slug: 'hemoglobin-a1c', unit: '%', questions: [] },
  { id: 1188, name: 'Vitamin D, 25-Hydroxy', slug: 'vitamin-d-25-hydroxy', unit: 'ng/mL', questions: [] },
];

/** Asks a question that an order has to answer; only orders by the API have it. */
const LEAD: BaseMarker = {
  id: 7625,
  name: 'Lead, Blood (Adult)',
  slug: 'lead-blood-adult',
  unit: 'ug/dL',
  questions: [
    {
      id: 1_251,
      code: 'BLPURP',
      type: 'choice',
      value: 'BLOOD LEAD PURPOSE',
      constraint: null,
      answers: [
        { id: 1_252, code: 'LCANS4', value: 'I - INITIAL' },
        { id: 1_253, code: 'LCANS5', value: 'R - REPEAT' },
      ],
      required: true,
      sequence: 1,
    },
  ],
};

const REDRAW_LABS: readonly LabSlug[] = ['quest', 'labcorp', 'bioreference'];

/** A lab test of the given modality. Walk-in tests use the given lab, otherwise one of the labs that offer redraws. */
export function labTestOf(
  random: Random,
  modality: Modality,
  lab: LabSlug | null = null,
): ClientFacingLabTest.Raw {
  const anyLab = modality === 'testkit' ? 'spiriplex' : random.pick(REDRAW_LABS);
  const labSlug = lab ?? anyLab;
  return {
    id: random.uuid(),
    slug: `${labSlug}-metabolic-${random.digits(3)}`,
    name: `Metabolic and thyroid panel (${LABS[labSlug].name})`,
    sample_type: modality === 'testkit' ? 'dried_blood_spot' : 'serum',
    method: modality,
    price: random.int(40, 400),
    is_active: true,
    status: 'active',
    fasting: random.chance(0.5),
    lab: LABS[labSlug],
    markers: MARKERS.slice(0, random.int(2, MARKERS.length)).map((one) => markerOf(labSlug, one)),
    is_delegated: false,
    auto_generated: false,
    has_collection_instructions: false,
    common_tat_days: 3,
    worst_case_tat_days: 7,
  };
}

function lab(
  id: number,
  slug: string,
  name: string,
  firstLine: string,
  city: string,
  zipcode: string,
): ClientFacingLab.Raw {
  return {
    id,
    slug,
    name,
    first_line_address: firstLine,
    city,
    zipcode,
    collection_methods: slug === 'spiriplex' ? ['testkit'] : [...DRAWN],
    sample_types: slug === 'spiriplex' ? ['dried_blood_spot'] : ['serum'],
    logo_url: null,
  };
}

/** All markers that this lab offers. */
export function markersOf(slug: LabSlug): ClientFacingMarker.Raw[] {
  return [...MARKERS, LEAD].map((one) => markerOf(slug, one));
}

function markerOf(slug: LabSlug, { id, questions, ...rest }: BaseMarker): ClientFacingMarker.Raw {
  return {
    ...rest,
    id: LABS[slug].id * 10_000 + id,
    description: null,
    lab_id: LABS[slug].id,
    provider_id: String(id),
    type: 'biomarker',
    price: '12.50',
    aoe: { questions },
    a_la_carte_enabled: true,
    common_tat_days: 3,
    worst_case_tat_days: 7,
    is_orderable: true,
  };
}
