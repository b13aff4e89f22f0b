import type { DeployedStage } from './deployed-stage.ts';

interface Expectation {
  readonly what: string;
  readonly holds: boolean;
}

/** Opens the dashboard as a browser would: its page, its settings, its files, and the API beside them. @throws if something is wrong */
export async function checkPage(stage: DeployedStage): Promise<string> {
  const url = await stage.url('DashboardUrl');
  const pool = stage.output('UserPoolId');
  const index = await fetch(`${url}/`);
  const html = await index.text();
  const deep = await fetch(`${url}/transactions/1`);
  const policy = index.headers.get('content-security-policy') ?? '';
  const settings = (await (await fetch(`${url}/config.json`)).json()) as Record<string, unknown>;
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(html) ?? [];
  const code = await fetch(url + script);
  const headers = { authorization: `Bearer ${await stage.token('transactions/read')}` };
  const summary = await fetch(`${url}/v1/summary`, { headers });
  const stranger = await fetch(`${url}/v1/summary`);
  const expectations: Expectation[] = [
    { what: 'the page', holds: index.status === 200 && html.includes('<title>Redraws</title>') },
    { what: 'the same page at every path', holds: deep.status === 200 && (await deep.text()) === html },
    { what: 'no script from elsewhere', holds: /default-src 'none'; script-src 'self';/.test(policy) },
    { what: 'requests to the issuer', holds: policy.includes(new URL(String(settings.issuer)).origin) },
    { what: 'no frame around it', holds: policy.includes("frame-ancestors 'none'") },
    { what: 'HTTPS only', holds: index.headers.has('strict-transport-security') },
    { what: 'its issuer', holds: String(settings.issuer).endsWith(`/${pool}`) },
    { what: 'its client', holds: /^\w+$/.test(String(settings.client_id)) },
    { what: 'its code', holds: code.status === 200 && (await code.text()).length > 1_000 },
    { what: 'cached code', holds: /immutable/.test(code.headers.get('cache-control') ?? '') },
    { what: 'the API with a token', holds: summary.status === 200 },
    { what: 'no API without one', holds: stranger.status === 401 },
  ];
  const wrong = expectations.filter(({ holds }) => !holds).map(({ what }) => what);
  if (wrong.length > 0) throw new Error(`The page at ${url} does not show ${wrong.join(', ')}.`);
  return `${expectations.length} of ${expectations.length} expectations`;
}
