/** The header by which CloudFront proves to the API that a request came through it. CloudFront replaces what a client sends. */
export const ORIGIN_SECRET_HEADER = 'x-origin-secret';
