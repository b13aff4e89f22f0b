import type { LocalStack } from '../stack.ts';

/** The lines that end every start: where the pages are, and what to try. */
export function whatToTry({
  url,
  pageUrl,
  referenceUrl,
}: Pick<LocalStack, 'url' | 'pageUrl' | 'referenceUrl'>) {
  const curl = 'curl -s -H "Authorization: Bearer $TOKEN"';
  return [
    '',
    ...(pageUrl === undefined ? [] : [`Dashboard:      ${pageUrl} (choose a user)`]),
    `API reference:  ${referenceUrl}`,
    'Try the API:',
    `  TOKEN=$(curl -s ${url}/oauth2/token -d grant_type=client_credentials -d client_id=local -d client_secret=local | sed 's/.*"access_token":"\\([^"]*\\).*/\\1/')`,
    `  ${curl} '${url}/v1/redraws?state=open'`,
    `  ${curl} '${url}/v1/transactions?status=active'`,
  ];
}
