import type * as z from 'zod/mini';
import { capabilitiesWith } from '../capabilities/folders.ts';
import type { RequestSchemas } from '../core/http/route.ts';
import type { Operation } from './openapi/operations/operation.ts';

/** What a capability adds to the generated documents. It exports it as `documents` from its docs/documents.ts. */
export interface CapabilityDocuments {
  /** The scope of each of its routes, by API Gateway's route key. */
  readonly scopes?: Readonly<Record<string, string>>;
  readonly routes?: Readonly<Record<string, { readonly request: RequestSchemas }>>;
  /** What the OpenAPI document says of each route, beside its schemas. */
  readonly operations?: Readonly<Record<string, Operation>>;
  /** Its events, by type. */
  readonly events?: Readonly<Record<string, EventDocument>>;
}

export interface EventDocument {
  readonly schema: z.ZodMiniType;
  /** When it is published. */
  readonly when: string;
  readonly example: object;
}

/** The documents of every capability, by the order of their names. */
const capabilityDocuments: readonly CapabilityDocuments[] = await Promise.all(
  capabilitiesWith('docs/documents.ts').map(async (name) => {
    const { documents }: { documents: CapabilityDocuments } = await import(
      `../capabilities/${name}/docs/documents.ts`
    );
    return documents;
  }),
);

/** One of the parts of all of them, merged. */
export function documentsOf<Part extends keyof CapabilityDocuments>(
  part: Part,
): NonNullable<CapabilityDocuments[Part]> {
  return Object.assign({}, ...capabilityDocuments.map((documents) => documents[part]));
}
