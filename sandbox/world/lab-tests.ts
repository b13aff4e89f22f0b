import type {
  ClientFacingLab,
  ClientFacingLabTest,
  ClientFacingMarker,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';

export type Modality = 'walk_in_test' | 'at_home_phlebotomy' | 'on_site_collection' | 'testkit';

type LabSlug = 'quest' | 'labcorp' | 'bioreference' | 'spiriplex';

const LABS: Record<LabSlug, ClientFacingLab.Raw> = {
  quest: lab(6, 'quest', 'Quest Diagnostics', '1201 S Collegeville Rd', 'Collegeville', '19426'),
  labcorp: lab(27, 'labcorp', 'Labcorp', '358 S Main Street', 'Burlington', '27215'),
  bioreference: lab(41, 'bioreference', 'BioReference', '481 Edward H. Ross Drive', 'Elmwood Park', '07407'),
  spiriplex: lab(12, 'spiriplex', 'Spiriplex', '2500 Crosspark Road', 'Coralville', '52241'),
};

const MARKERS: readonly ClientFacingMarker.Raw[] = [
  marker(1017, 'Thyroid Stimulating Hormone', 'thyroid-stimulating-hormone', 'mIU/L'),
  marker(1041, 'Ferritin', 'ferritin', 'ng/mL'),
  marker(1102, 'Hemoglobin A1c', 'hemoglobin-a1c', '%'),
  marker(1188, 'Vitamin D, 25-Hydroxy', 'vitamin-d-25-hydroxy', 'ng/mL'),
];

const REDRAW_LABS: readonly LabSlug[] = ['quest', 'labcorp', 'bioreference'];

/** A lab test of the given modality. Walk-in tests use one of the labs that offer redraws. */
export function labTestOf(random: Random, modality: Modality): ClientFacingLabTest.Raw {
  const labSlug = modality === 'testkit' ? 'spiriplex' : random.pick(REDRAW_LABS);
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
    markers: MARKERS.slice(0, random.int(2, MARKERS.length)),
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
    collection_methods: slug === 'spiriplex' ? ['testkit'] : ['walk_in_test', 'at_home_phlebotomy'],
    sample_types: slug === 'spiriplex' ? ['dried_blood_spot'] : ['serum'],
    logo_url: null,
  };
}

function marker(id: number, name: string, slug: string, unit: string): ClientFacingMarker.Raw {
  return {
    id,
    name,
    slug,
    description: null,
    lab_id: 6,
    provider_id: String(id),
    type: 'biomarker',
    unit,
    price: '12.50',
    aoe: { questions: [] },
    a_la_carte_enabled: true,
    common_tat_days: 3,
    worst_case_tat_days: 7,
    is_orderable: true,
  };
}
