/** What a provider's API answers. */
export interface ProviderAnswer {
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  body: string;
  /** The provider did what it was asked, but its answer never arrives. */
  lost?: boolean;
  /** Reports what became of the message. Called after the answer. */
  reportOutcome?(): void;
}

/** A part of a provider's API. */
export type ProviderApi = (authorization: string | undefined, body: string) => Promise<ProviderAnswer>;
