/**
 * Which folder may import what, and that no two folders import each other: dependency-cruiser's configuration
 * (https://github.com/sverweij/dependency-cruiser/blob/main/doc/rules-reference.md). test/lint/dependencies.test.ts shows
 * that each rule refuses something.
 */
const OURS = '^(bin|capabilities|core|dashboard/src|docs|functions|lib|operations|test|tools)/';
const PURE = '^(core/domain|capabilities/[^/]+/rules)/';
const DYNAMODB = '^node_modules/@aws-sdk/[^/]*dynamodb';

/** Per folder of core/ beside the domain, the others that it may import. A new folder needs a line. */
const CORE = {
  aws: [],
  concurrency: [],
  reading: [],
  telemetry: [],
  email: [],
  audit: ['domain/message'],
  events: ['concurrency', 'domain'],
  junction: ['aws', 'domain', 'reading'],
  store: ['aws', 'concurrency', 'domain', 'reading'],
  http: ['audit', 'aws', 'domain', 'junction'],
  'use-cases': ['concurrency', 'domain', 'events', 'junction', 'email', 'store'],
  api: ['audit', 'aws', 'concurrency', 'domain', 'http', 'junction', 'store', 'telemetry', 'use-cases'],
  environment: ['(?!api|http)[^/]+'],
};
/** What the constructs know of core/: names, formats and templates, and nothing that runs. */
const KNOWN_TO_LIB =
  '^core/(domain/|environment/on-off|events/source|http/(groups|origin-secret|route-scopes|scopes|webhook-path)|store/table-layout|telemetry/(alarm-description|metric-names))';
const KNOWN_TO_PAGE =
  '^(core/(api/[^/]+/answer|audit/audit-entry|domain/|http/groups)|lib/templates/message-previews)';

/** Folders that still import each other. Nothing may be added. */
const CIRCLES = [
  // The documents name parts of the one capability, which extends them.
  '^(docs|capabilities)$',
  // The lists, the worklist and the page of a transaction share parts that belong to none of them.
  '^dashboard/src/(handling|next-step|ordering|table|transaction|transaction-list|worklist|worklist/overview|worklist/view)$',
];
/** The commands run against the local stack too, read a synthesized template, and send webhooks as Junction does. */
const USED_BY_OPERATIONS = '^tools/(local/(database|files|template)|sandbox/webhooks)';

/** What is in `from` must not import what is in `to`, except for `pathNot`. */
const forbid = (name, from, to, pathNot = [], fromNot = []) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: [].concat(fromNot) },
  to: { path: to, pathNot: [].concat(pathNot) },
});

export default {
  forbidden: [
    ...Object.entries(CORE).map(([name, may]) =>
      forbid(
        `core/${name}`,
        `^core/${name}/`,
        OURS,
        [name, ...may].map((place) => `^core/${place}/`),
      ),
    ),
    forbid(
      'a new folder of core',
      '^core/',
      OURS,
      [],
      ['domain', ...Object.keys(CORE)].map((name) => `^core/${name}/`),
    ),
    forbid('the domain', PURE, OURS, PURE),
    forbid('the domain is pure', PURE, '.', [OURS, '^node_modules/zod/mini/']),
    forbid('a small zod', '^(core|functions)/', '^node_modules/zod/', '^node_modules/zod/mini/'),
    forbid('only the store talks to DynamoDB', '^(capabilities|core|functions)/', DYNAMODB, [], '/store/'),
    forbid('core knows no capability', '^core/', '^capabilities/'),
    forbid(
      'a capability',
      '^capabilities/([^/]+)/',
      '^(bin|capabilities|functions)/',
      '^capabilities/($1/|[^/]+$)',
    ),
    forbid('the functions', '^functions/([^/]+)/', OURS, ['^(capabilities|core)/', '^functions/$1/']),
    forbid('the constructs', '^lib/', '^(bin|core|dashboard/src|functions|operations)/', KNOWN_TO_LIB),
    forbid(
      'the page',
      '^(dashboard|capabilities/[^/]+/page)/',
      '^(bin|core|functions|lib|operations)/',
      KNOWN_TO_PAGE,
    ),
    forbid('the commands', '^(bin|operations)/', '^(dashboard/src|functions)/'),
    forbid(
      'the product needs no tool',
      '^(bin|capabilities|core|dashboard|functions|lib|operations)/',
      '^(test|tools)/',
      USED_BY_OPERATIONS,
    ),
    forbid('the local run', '^tools/local/', OURS, [
      '^tools/',
      '^core/http/webhook-path',
      '^lib/(bundling|configuration)/',
      '^capabilities/[^/]+/lib/settings/',
      '^lib/problems/',
    ]),
    forbid('the benchmark', '^tools/bench/', '^(bin|dashboard/src|functions|operations)/'),
    forbid('the judges', '^tools/(api-clients|cdk|emulator|processes|python|template-lint)/', OURS, [
      '^test/',
      '^tools/(?!local/)',
      '^lib/configuration/',
    ]),
    forbid('the sandbox', '^tools/sandbox/', OURS, ['^tools/sandbox/', '^core/domain/order/status-table']),
    forbid('the oracle', '^tools/verification/oracle/', '.', ['^tools/verification/oracle/', '^fs$']),
    {
      name: 'no circle of folders',
      severity: 'error',
      scope: 'folder',
      from: { pathNot: CIRCLES },
      to: { circular: true },
    },
  ],
  options: {
    // Tests may import everything.
    doNotFollow: { path: '^test/|(^|/)node_modules/' },
    exclude: {
      path: [
        '^(capabilities|tools)/[^/]+/(node_modules|test)/',
        '^tools/api-clients/generated/',
        '[.]test[.]ts$',
      ],
    },
    // TypeScript 7 has no API to parse with.
    parser: 'swc',
  },
};
