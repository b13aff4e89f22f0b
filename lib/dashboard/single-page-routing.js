// CloudFront runs this function for every request for the page. Its runtime needs a single file without imports.
// The build writes files below /assets/ and at the root. Every other path is a view of the page, which routes by path.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  const request = event.request;
  const isFile = request.uri.startsWith('/assets/') || /^\/[^/]+\.[a-z0-9]+$/.test(request.uri);
  if (!isFile) request.uri = '/index.html';
  return request;
}
