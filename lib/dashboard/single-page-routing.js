// Run by CloudFront for every request for the page, so it is written for CloudFront's runtime: one file, no imports.
// The page finds its way by the address. What the build puts into the bucket lies below /assets/ or is a file at the
// root; every other path is a view of the page.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  const request = event.request;
  const isFile = request.uri.startsWith('/assets/') || /^\/[^/]+\.[a-z0-9]+$/.test(request.uri);
  if (!isFile) request.uri = '/index.html';
  return request;
}
