/** What a provider's API answers. */
export interface ProviderAnswer {
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  body: string;
  /** The provider processes the request, but its response is lost. */
  lost?: boolean;
  /** Reports what became of the message. Called after the answer. */
  reportOutcome?(): void;
}

/** A part of a provider's API. */
export type ProviderApi = (authorization: string | undefined, body: string) => Promise<ProviderAnswer>;
