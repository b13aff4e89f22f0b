import { withParts } from '../../docs/tables/marked-parts.ts';
import { dollars, priceTable } from '../../operations/prices/prices.ts';
import { alternatives } from './alternatives.ts';
import { ASSUMPTIONS, MONTHS_PER_YEAR, SCALES } from './assumptions.ts';
import { designCosts } from './design-costs.ts';
import { type Limit, limits } from './limits.ts';
import type { Measured } from './measured.ts';
import { messageCosts, messageMetricCount } from './message-cost.ts';
import { fixedCost, monthlyCost, total, webhooksOf, writeUnits } from './monthly-cost.ts';

/**
 * Replaces the text between the marks `<!-- cost:<name> -->` and `<!-- /cost -->` of the document.
 *
 * @throws if a mark names a part that does not exist, or a part has no mark
 */
export function withFigures(document: string, measured: Measured): string {
  return withParts(['docs/operations/cost.md', document], 'cost', partsOf(measured));
}

function partsOf(measured: Measured): Record<string, string> {
  return {
    basis: basis(measured),
    units: units(measured),
    monthly: monthly(measured),
    idle: idle(measured),
    messages: messages(),
    alternatives: alternativesTable(measured),
    designs: designsTable(measured),
    limits: limitsTable(measured),
    next: nextLimits(measured),
    assumptions: assumptions(),
    prices: prices(),
  };
}

const count = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
const usd = (value: number) => (value >= 100 ? count(Math.round(value)) : value.toFixed(2));
const heads = SCALES.map((orders) => `${count(orders)} orders`);

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isNumber = (column: number) => body.every((cells) => /^[*<\d]/.test(cells[column] ?? ''));
  const rule = head.map((_, column) => (isNumber(column) ? '--:' : '---'));
  return ['', row(head), row(rule), ...body.map(row), ''].join('\n');
}

function basis({ measured_at, sample, counted_at, deployed }: Measured): string {
  const { alarms, alarm_metrics, metrics, dashboards, keys, secrets, machine_clients } = deployed;
  return [
    `- Measured on ${measured_at}: ${count(sample.webhooks)} webhooks for ${count(sample.orders)} orders, ${sample.redraws} of which had a redraw.`,
    `- The template contained on ${counted_at}: ${alarms} alarms on ${alarm_metrics} metrics, ${metrics} custom metrics, ${dashboards} dashboard, ${keys} keys, ${secrets} secrets, ${machine_clients} app client for programs.`,
    `- Prices are those of ${priceTable.region} on ${priceTable.date}, in US dollars.`,
  ].join('\n');
}

function units(measured: Measured): string {
  return rows(
    ['Per order', 'Measured'],
    [
      ['webhooks', count(measured.webhooks)],
      ['write units of `webhook`, on the table', count(measured.webhook_write_units)],
      ['read units of `recompute`', count(measured.recompute_read_units)],
      ['write units of `recompute`, on the table', count(measured.recompute_write_units)],
      ['write units on indexes', count(measured.index_write_units)],
      ['write units of `publish`, for the counters and insights', count(measured.counting_write_units)],
      ['write units in total', count(writeUnits(measured))],
      ['events on the bus', `${count(measured.events)} of ${count(measured.event_bytes)} bytes`],
      ['stored on the table', `${count(measured.table_bytes)} bytes`],
      ['stored on indexes', `${count(measured.index_bytes)} bytes`],
    ],
  );
}

function monthly(measured: Measured): string {
  const bills = SCALES.map((orders) => monthlyCost(measured, orders));
  const lines = (bills[0] ?? []).map(({ what, fixed }, index) => [
    fixed ? `${what} (fixed)` : what,
    ...bills.map((bill) => usd(bill[index]?.usd ?? 0)),
  ]);
  const webhooks = SCALES.map((orders) => count(webhooksOf(measured, orders)));
  const perOrder = SCALES.map((orders, index) => (total(bills[index] ?? []) * MONTHS_PER_YEAR) / orders);
  return rows(
    ['Dollars per month', ...heads.map((head) => `${head} a year`)],
    [
      ['webhooks per month', ...webhooks],
      ...lines,
      ['**total**', ...bills.map((bill) => `**${usd(total(bill))}**`)],
      ['per order', ...perOrder.map((value) => `${value.toPrecision(2)}`)],
    ],
  );
}

function idle(measured: Measured): string {
  const lines = fixedCost(measured);
  const most = lines.toSorted((one, other) => other.usd - one.usd).slice(0, 3);
  const parts = most.map(({ what, usd: of }) => `${what} ${usd(of)}`);
  return `A stage that gets no orders costs up to ${usd(total(lines))} dollars a month, the sum of the lines marked as fixed. The largest are: ${parts.join('; ')}.`;
}

function messages(): string {
  const { messages_per_redraw: few, messages_with_reminders: many } = ASSUMPTIONS;
  const table = rows(
    [
      'Dollars',
      'One message',
      `A redraw without reminders (${few} messages)`,
      `A redraw with all reminders (${many} messages)`,
    ],
    messageCosts().map(({ what, perMessage }) => [
      what,
      ...[1, few, many].map((amount) => (amount * perMessage).toPrecision(2)),
    ]),
  );
  const metrics = messageMetricCount();
  return `${table}\n- Fixed, per month: up to ${usd(dollars('metric', metrics))} for ${metrics} custom metrics, each billed from its first value, and 0.10 per metric of an alarm.`;
}

function alternativesTable(measured: Measured): string {
  return rows(
    ['Dollars per month', ...heads, 'Why'],
    alternatives(measured).map(({ what, why, usd: of }) => [
      what,
      ...SCALES.map((orders) => usd(of(orders))),
      why,
    ]),
  );
}

function designsTable(measured: Measured): string {
  return rows(
    ['Design', 'Dollars per million webhooks', 'Fixed dollars per month'],
    designCosts(measured).map(({ title, perMillionWebhooks, fixed }) => [
      title,
      perMillionWebhooks === null ? '0.00' : usd(perMillionWebhooks),
      usd(fixed),
    ]),
  );
}

const share = ({ allows, used }: Limit, orders: number) => used(orders) / allows;

function percent(value: number): string {
  if (value < 0.001) return '< 0.1 %';
  return `${count(Math.round(value * 1_000) / 10)} %`;
}

function limitsTable(measured: Measured): string {
  return rows(
    ['Used in the busiest second', 'Allows', ...heads, 'How to raise it'],
    limits(measured).map((limit) => [
      limit.what,
      `${count(limit.allows)} ${limit.unit}`,
      ...SCALES.map((orders) => percent(share(limit, orders))),
      limit.howToRaise,
    ]),
  );
}

function nextLimits(measured: Measured): string {
  const lines = SCALES.map((orders) => {
    const [first, second] = limits(measured).toSorted(
      (one, other) => share(other, orders) - share(one, orders),
    );
    if (!first || !second) throw new Error('There must be two limits.');
    const line = (limit: Limit) =>
      `  - ${limit.what}: ${percent(share(limit, orders))}. To raise it: ${limit.howToRaise}.`;
    return [`- ${count(orders)} orders a year:`, line(first), line(second)].join('\n');
  });
  return ['', ...lines, ''].join('\n');
}

function assumptions(): string {
  const body = Object.entries(ASSUMPTIONS).map(([name, value]) => [`\`${name}\``, count(value)]);
  return rows(['Assumption', 'Value'], body);
}

function prices(): string {
  const body = Object.values(priceTable.prices).map(({ usd: amount, per, unit, source }) => [
    unit,
    `${amount} per ${count(per)}`,
    `[${new URL(source).pathname.split('/').filter(Boolean)[0]}](${source})`,
  ]);
  return rows(['Unit', 'Dollars', 'Source'], body);
}
