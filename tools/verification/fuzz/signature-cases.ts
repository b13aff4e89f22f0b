/** Deliveries of which about half have a correct signature, and most of the others nearly so. */
import { secretNamed, sign } from '../../../test/core/junction/deliveries.ts';
import { Draw } from './draw.ts';

/** The current time in seconds. */
export const NOW = 1_772_000_000;

export interface SignatureCase {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The valid secrets. */
  readonly secrets: readonly string[];
}

const SECRETS = [
  ...['one', 'two', 'three'].map(secretNamed),
  `whsec_${Buffer.from([0]).toString('base64')}`,
  `whsec_${Buffer.alloc(200, 7).toString('base64')}`,
];

const BODIES = [
  '{"event_type":"labtest.order.updated","data":{"name":"Zoë ✓"}}',
  '',
  '{',
  'null',
  '\u0000\ud83d\ude00 \r\n',
];

const ODD_TIMESTAMPS = [
  '',
  'now',
  'NaN',
  'Infinity',
  '0',
  '00',
  '1e9',
  '0x699E',
  '-1',
  `-${NOW}`,
  `${NOW}.0`,
  `${NOW}.5`,
  ` ${NOW}`,
  `${NOW} `,
  `+${NOW}`,
  `${NOW}abc`,
  `0${NOW}`,
  `00${NOW}`,
  `000${NOW}`,
  `${NOW}000`,
  `${NOW},${NOW}`,
  `${NOW}\u0000`,
  `٣${NOW}`,
  '9'.repeat(13),
  '9'.repeat(400),
];

const ODD_SIGNATURES = [
  '',
  ' ',
  ',',
  'v1',
  'v1,',
  'v1, ',
  ',v1',
  'v1;AAAA',
  'V1,AAAA',
  'v1,\u0000',
  'v1,AAAA=',
  'v2,AAAA',
];

/** The case with this number. The same number gives the same case. */
export function signatureCase(number: number): SignatureCase {
  const draw = new Draw(number);
  const body = draw.once(4) ? draw.bytes(40) : Buffer.from(draw.one(BODIES));
  const secrets = Array.from({ length: 1 + draw.below(3) }, () => draw.one(SECRETS));
  const id = draw.one(['msg_1', 'msg_1', 'msg.2', 'é', ' ', '1.2.3', draw.text('ab.,é\u0000 ', 5)]);
  const timestamp = draw.once(5) ? draw.one(ODD_TIMESTAMPS) : String(NOW + timeOff(draw));
  // The signer may have parsed the timestamp as a number, as the library does.
  const signedTime = draw.once(4) ? Math.trunc(Number.parseInt(timestamp, 10)) : timestamp;
  const signedBody = draw.once(8) ? Buffer.concat([body, draw.bytes(2)]) : body;
  const secret = draw.once(8) ? draw.one(SECRETS) : (secrets[0] ?? '');
  // The signer may have decoded the body as text first.
  const right = sign(secret, id, signedTime, draw.once(8) ? signedBody.toString('utf8') : signedBody);
  return { body, secrets, headers: headersOf(draw, id, timestamp, signatureOf(draw, right)) };
}

function timeOff(draw: Draw): number {
  return draw.once(4)
    ? draw.one([-302, -301, -300, -299, 299, 300, 301, 302, 86_400])
    : draw.below(200) - 100;
}

function signatureOf(draw: Draw, right: string): string {
  if (draw.once(12)) return draw.one(ODD_SIGNATURES);
  const list = [draw.once(6) ? mangled(draw, right) : right];
  while (draw.once(3)) {
    const other = draw.one([...ODD_SIGNATURES, `v1a,${'A'.repeat(86)}`, mangled(draw, right), right]);
    list.splice(draw.below(list.length + 1), 0, other);
  }
  return list.join(draw.once(15) ? draw.one([',', '  ', '\t', '']) : ' ');
}

function mangled(draw: Draw, text: string): string {
  const place = draw.below(text.length);
  const [before, at, after] = [text.slice(0, place), text.slice(place, place + 1), text.slice(place + 1)];
  return draw.one([
    before + after,
    before + at + at + after,
    before + draw.one(['A', 'b', '=', '/', '+', ',', '.', 'é', '\u0000']) + after,
    `${text},${text}`,
    `${text}=`,
    text.replace('=', ''),
    text.replace('v1', draw.one(['v2', 'v1a', 'v01', 'V1', 'v1 ', ' v1', ''])),
    text.replaceAll('+', '-').replaceAll('/', '_'),
    text.toLowerCase(),
  ]);
}

function headersOf(draw: Draw, id: string, timestamp: string, signature: string) {
  const entries: [string, string | undefined][] = [];
  const values = { id, timestamp, signature };
  const usual = draw.one(['svix', 'webhook']);
  for (const [part, value] of Object.entries(values)) {
    if (draw.once(30)) continue;
    entries.push([spelled(draw, `${draw.once(20) ? draw.one(['svix', 'webhook']) : usual}-${part}`), value]);
    if (!draw.once(12)) continue;
    const other = draw.one([undefined, '', 'x', value, value]);
    const twice: [string, string | undefined] = [
      spelled(draw, `${draw.one(['svix', 'webhook'])}-${part}`),
      other,
    ];
    if (draw.once(2)) entries.push(twice);
    else entries.unshift(twice);
  }
  if (draw.once(10)) entries.push([draw.one(['host', '__proto__', 'svix-', 'svix-id ', 'x-svix-id']), 'x']);
  return Object.fromEntries(entries);
}

function spelled(draw: Draw, name: string): string {
  return draw.one([name, name, name.toUpperCase(), name.replace(/\b\w/g, (letter) => letter.toUpperCase())]);
}
