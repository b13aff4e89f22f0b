import { dollars } from '../../operations/prices/prices.ts';
import { ASSUMPTIONS, GB, HOURS_PER_MONTH, MONTHS_PER_YEAR } from './assumptions.ts';
import type { Measured } from './measured.ts';
import { monthlyCost, total, webhooksOf, writeUnits } from './monthly-cost.ts';

/** Another design, and its cost. */
export interface Alternative {
  readonly what: string;
  readonly why: string;
  /** Dollars per month for this number of orders per year. */
  usd(ordersPerYear: number): number;
}

/** The share of provisioned capacity that is used, if auto scaling follows the load at 70 % and peaks have to fit. */
const PROVISIONED_USE = 0.3;

export function alternatives(measured: Measured): Alternative[] {
  const own = (orders: number) => total(monthlyCost(measured, orders));
  const perMonth = (orders: number) => orders / MONTHS_PER_YEAR;
  return [
    {
      what: 'This design',
      why: 'one conditional write per webhook; everything else follows from the stream',
      usd: own,
    },
    {
      what: 'Read, then write if the version is unchanged',
      why: 'a consistent read before each write; conflicts have to be retried',
      usd: (orders) => own(orders) + dollars('readUnit', webhooksOf(measured, orders)),
    },
    {
      what: 'A FIFO queue per order in front of the table',
      why: 'three SQS requests per webhook and a second function; the order in the queue is not the order of the facts',
      usd: (orders) => {
        const webhooks = webhooksOf(measured, orders);
        const gbSeconds =
          (webhooks * (ASSUMPTIONS.webhook_ms / 1_000) * measured.deployed.webhook_mb) / 1_024;
        const second = dollars('lambdaRequest', webhooks) + dollars('lambdaGbSecond', gbSeconds);
        return own(orders) + dollars('fifoRequest', 3 * webhooks) + second;
      },
    },
    {
      what: 'Order and transaction in one DynamoDB transaction',
      why: 'twice the units for each write, a read of the transaction first, and conflicts between orders of the same transaction',
      usd: (orders) => {
        const twice = measured.webhook_write_units + measured.recompute_write_units;
        return own(orders) + dollars('writeUnit', perMonth(orders) * twice);
      },
    },
    {
      what: 'Provisioned capacity with auto scaling',
      why: `cheaper units, but only about ${PROVISIONED_USE * 100} % of them are used, and peaks above them are throttled`,
      usd: (orders) => {
        const units = perMonth(orders) * writeUnits(measured);
        const capacity = units / (HOURS_PER_MONTH * 3_600) / PROVISIONED_USE;
        const provisioned = dollars('provisionedWriteUnit', Math.max(10, capacity) * HOURS_PER_MONTH);
        return own(orders) - dollars('writeUnit', units) + provisioned;
      },
    },
    {
      what: 'Containers and PostgreSQL',
      why: 'two Fargate tasks behind a load balancer, and a Multi-AZ database that someone has to patch and resize',
      usd: (orders) => containers(measured, orders),
    },
  ];
}

const LARGE = 10_000_000;

/** Our fixed costs, and those of events, logs and audit, stay. */
function containers(measured: Measured, orders: number): number {
  const storedGb = (orders * (measured.table_bytes + measured.index_bytes)) / GB;
  const kept = monthlyCost(measured, orders).filter(
    ({ fixed, name }) => fixed || ['events', 'logs', 'audit'].includes(name),
  );
  return serversCost({ isLarge: orders >= LARGE, storedGb }) + total(kept);
}

/** Two tasks of half a vCPU, at a large scale four of two, with a load balancer and a database. Dollars per month. */
export function serversCost({ isLarge, storedGb }: { isLarge: boolean; storedGb: number }): number {
  const [tasks, cpus, gb] = isLarge ? [4, 2, 4] : [2, 0.5, 1];
  const compute = tasks * HOURS_PER_MONTH * (dollars('fargateCpuHour', cpus) + dollars('fargateGbHour', gb));
  const balancer =
    HOURS_PER_MONTH * (dollars('loadBalancerHour', 1) + dollars('loadUnitHour', isLarge ? 10 : 1));
  const database = dollars(isLarge ? 'postgresLargeHour' : 'postgresMediumHour', HOURS_PER_MONTH);
  return compute + balancer + database + dollars('postgresGb', Math.max(20, 2 * storedGb));
}
