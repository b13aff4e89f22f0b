import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { isOnTransactions, serviceNames, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const functions = serviceNames(stack);

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** Every statement of every policy of a role, whether a function has the role or not. */
function allStatements(): Statement[] {
  const documents = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'].flatMap((type) =>
    Object.values(stack.ofType(type)).map(({ Properties }) => Properties.PolicyDocument),
  );
  const inline = Object.values(stack.ofType('AWS::IAM::Role')).flatMap(({ Properties }) =>
    (Properties.Policies ?? []).map((policy: { PolicyDocument: unknown }) => policy.PolicyDocument),
  );
  return [...documents, ...inline].flatMap((document) => document.Statement);
}

/** As in IAM, `*` matches any text. */
function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(text);
}

/** Whether a statement allows the action on some item of this kind. Without a condition, it does on all items. */
function allowsOn(kind: string, action: string, { Effect, Action, Condition }: Statement): boolean {
  const actions = Action === undefined ? ['*'] : [Action].flat();
  if (Effect !== 'Allow' || !actions.some((pattern) => matches(pattern, `dynamodb:${action}`))) return false;
  const keys = ['StringLike', 'StringEquals']
    .map((operator) => Condition?.[`ForAllValues:${operator}`]?.['dynamodb:LeadingKeys'])
    .find((found) => found !== undefined);
  return keys === undefined || [keys].flat().some((pattern) => matches(pattern, `${kind}#id`));
}

/** Whether it allows reading whole items. An index has only keys, and a condition can name the attributes. */
function readsWholeItems({ Resource, Condition }: Statement): boolean {
  if (JSON.stringify(Resource).includes('/index/')) return false;
  const attributes = Condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes'] ?? ['body'];
  const areNamed = Condition?.StringEquals?.['dynamodb:Select'] === 'SPECIFIC_ATTRIBUTES';
  return !areNamed || [attributes].flat().includes('body');
}

const isOnQuarantine = ({ Resource }: Statement) => JSON.stringify(Resource).includes('QuarantinedWebhooks');

describe('no policy allows', () => {
  const onTable = allStatements().filter((statement) => !isOnQuarantine(statement));
  const statements = onTable.filter((statement) => !isOnTransactions(statement));
  const allowed = (kind: string, ...actions: string[]) =>
    actions.filter((action) => statements.some((statement) => allowsOn(kind, action, statement)));
  const readersBy = (isIn: (statement: Statement) => boolean, ...actions: string[]) =>
    functions.filter((name) =>
      stack
        .statementsOf(name)
        .filter((statement) => isIn(statement) && readsWholeItems(statement))
        .some((statement) => actions.some((action) => allowsOn('ANY', action, statement))),
    );

  it('deleting or replacing an order within a transaction, once each item is judged alone', () => {
    const within = (kind: string, action: string) => (statement: Statement) =>
      isOnTransactions(statement) && allowsOn(kind, action, statement);
    // Until then, what may update an order may also replace it there.
    expect(onTable.some(within('ORDER', 'PutItem'))).toBe(true);
    for (const kind of ['ORDER', 'TX']) expect(onTable.some(within(kind, 'DeleteItem'))).toBe(false);
    const narrow = synthesize({ transactionGrants: 'each' });
    expect(functions.flatMap((name) => narrow.statementsOf(name)).filter(isOnTransactions)).toEqual([]);
  });

  it('deleting or replacing an order outside of transactions', () => {
    expect(statements.length).toBeGreaterThan(20);
    expect(allowed('TX', 'PutItem', 'DeleteItem')).toEqual(['PutItem']);
    expect(allowed('ORDER', 'UpdateItem')).toEqual(['UpdateItem']);
    expect(allowed('ORDER', 'PutItem', 'DeleteItem')).toEqual([]);
  });

  it('requests that the condition on item kinds does not cover, or that change the table itself', () => {
    const whole = ['DeleteTable', 'UpdateTable', 'RestoreTableToPointInTime', 'UpdateTimeToLive'];
    const others = ['BatchWriteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLSelect'];
    const copies = ['CreateBackup', 'ExportTableToPointInTime'];
    expect(allowed('ORDER', ...whole, ...others, ...copies)).toEqual([]);
  });

  it('reading quarantined bodies or removing them, except in the function that replays them', () => {
    expect(readersBy(isOnQuarantine, 'GetItem', 'BatchGetItem', 'Query', 'Scan', 'DeleteItem')).toEqual([
      'quarantine',
    ]);
  });

  it('reading the stream, which has all items, except in the two functions that Lambda feeds from it', () => {
    expect(readersBy(() => true, 'GetRecords').sort()).toEqual(['publish', 'recompute']);
  });

  it('all resources, or a key without naming the service that uses it', () => {
    for (const name of functions) {
      for (const statement of stack.statementsOf(name)) {
        expect(JSON.stringify(statement.Action)).not.toContain('*');
        // Reading metrics cannot be limited to resources.
        if (statement.Action === 'cloudwatch:GetMetricData') continue;
        expect([statement.Resource].flat()).not.toContain('*');
        if (JSON.stringify(statement.Action).includes('kms:')) {
          expect(statement.Condition.StringEquals['kms:ViaService']).toBeDefined();
        }
      }
    }
    stack.template.resourceCountIs('AWS::IAM::Policy', 0);
    stack.template.resourcePropertiesCountIs('AWS::IAM::Role', { ManagedPolicyArns: Match.anyValue() }, 0);
  });
});
