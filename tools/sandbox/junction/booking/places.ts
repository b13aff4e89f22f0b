import type { AreaInfo, ClientFacingLabLocation, PscInfo } from '@junction-api/sdk/serialization';
import { LABS } from '../../world/lab-tests.ts';

/** Junction's sandbox serves only these two ZIP codes at home: https://docs.junction.com/lab/overview/sandbox */
const AT_HOME: Record<string, AreaInfo.Raw['phlebotomy']['providers'][number]> = {
  '85004': { name: 'getlabs', service_types: ['appointment-ready'] },
  '54650': { name: 'phlebfinders', service_types: ['appointment-request'] },
};

const CENTRAL_LABS = ['quest', 'labcorp', 'bioreference'] as const;
type CentralLab = (typeof CENTRAL_LABS)[number];

export function phlebotomyProvider(zip: string): string | null {
  return AT_HOME[zip.slice(0, 5)]?.name ?? null;
}

export function areaInfo(zip: string, radius: string, labs: readonly string[]): AreaInfo.Raw {
  const provider = AT_HOME[zip];
  const wanted = CENTRAL_LABS.filter((lab) => labs.length === 0 || labs.includes(lab));
  return {
    zip_code: zip,
    phlebotomy: { is_served: provider !== undefined, providers: provider ? [provider] : [] },
    central_labs: Object.fromEntries(
      wanted.map((lab) => [
        lab,
        {
          patient_service_centers: {
            appointment_with_vital: lab === 'quest',
            within_radius: SITES.length,
            radius,
            capabilities: capabilitiesOf(lab),
          },
          supported_bill_types: ['client_bill', 'commercial_insurance', 'patient_bill_passthrough'],
          lab_id: LABS[lab].id,
        },
      ]),
    ),
  };
}

const SITES = [
  {
    number: 1,
    name: 'Central',
    first_line: '1300 N 12th St',
    second_line: 'Ste 300',
    distance: 2,
    lng: -112.055,
    lat: 33.463,
  },
  {
    number: 2,
    name: 'North',
    first_line: '20 E Thomas Rd',
    second_line: null,
    distance: 7,
    lng: -112.072,
    lat: 33.481,
  },
];

/** The patient service centers of a lab near a ZIP code: the same ones everywhere. Null for other labs. */
export function serviceCenters(labId: number, zip: string): PscInfo.Raw | null {
  const lab = CENTRAL_LABS.find((slug) => LABS[slug].id === labId);
  if (!lab) return null;
  return {
    lab_id: labId,
    slug: lab,
    patient_service_centers: SITES.map((site) => locationOf(lab, site, zip)),
  };
}

function locationOf(lab: CentralLab, site: (typeof SITES)[number], zip: string): ClientFacingLabLocation.Raw {
  const { first_line, second_line, lng, lat, distance } = site;
  return {
    metadata: {
      name: `${LABS[lab].name} ${site.name}`,
      state: 'AZ',
      city: 'Phoenix',
      zip_code: zip,
      first_line,
      second_line,
      phone_number: '480-555-0100',
      fax_number: null,
      hours: null,
    },
    distance,
    site_code: siteCode(lab, site.number),
    supported_bill_types: ['client_bill'],
    location: { lng, lat },
    capabilities: capabilitiesOf(lab),
  };
}

function siteCode(lab: string, number: number): string {
  return `${lab.slice(0, 3).toUpperCase()}${number}`;
}

function capabilitiesOf(lab: CentralLab): ClientFacingLabLocation.Raw['capabilities'] {
  return lab === 'quest'
    ? ['stat', 'appointment_scheduling_via_junction']
    : ['stat', 'appointment_scheduling_with_lab'];
}

/** The centers at which Junction books, by site code. */
export function bookableCenters(lab: 'quest' | 'sonora_quest', zip: string): ClientFacingLabLocation.Raw[] {
  return SITES.map((site) => ({
    ...locationOf('quest', site, zip),
    site_code: siteCode(lab, site.number),
  }));
}
