import { describe, expect, it } from 'vitest';
import { isOnTransactions, serviceNames, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

const functions = serviceNames(stack);

/** The functions of which a policy allows the action. */
const allowed = (action: string) => functions.filter((name) => statementsFor(name, action).length > 0).sort();

/**
 * Who may do what matters beyond the table. test/stack/permissions.test.ts finds grants that nothing needs, and the local
 * run denies what is not granted.
 */
describe('only these functions may', () => {
  it.each([
    [
      'read secrets',
      'secretsmanager:GetSecretValue',
      'import quarantine query reconcile results sweep webhook',
    ],
    ['publish events', 'events:PutEvents', 'publish redrive review'],
    ['mail operators', 'sns:Publish', 'operator-mails review sweep'],
    ['discard failed batches', 's3:DeleteObject', 'redrive'],
    ['list people', 'cognito-idp:ListUsersInGroup', 'people'],
    ['scan the table', 'dynamodb:Scan', 'export load rebuild'],
  ])('%s', (_, action, names) => {
    expect(allowed(action)).toEqual(names.split(' '));
  });

  it('write to the table', () => {
    const writing = ['PutItem', 'UpdateItem', 'DeleteItem'].flatMap((action) =>
      allowed(`dynamodb:${action}`),
    );
    expect(functions.filter((name) => !writing.includes(name)).sort()).toEqual([
      'export',
      'history',
      'operator-mails',
      'people',
      'results',
      'review',
      'sign-in',
    ]);
  });

  it('write to the audit trail, which they cannot read', () => {
    const trail = functions.filter((name) =>
      statementsFor(name, 'logs:PutLogEvents').some(
        ({ Action }) => ![Action].flat().includes('logs:CreateLogStream'),
      ),
    );
    expect(trail.sort()).toEqual(['export', 'load', 'quarantine', 'query', 'reconcile', 'results']);
    for (const action of ['GetLogEvents', 'FilterLogEvents', 'StartQuery', 'DeleteLogStream'])
      expect(allowed(`logs:${action}`)).toEqual([]);
  });
});

describe('grants', () => {
  const sending = functions.filter((name) => stack.statementsOf(name).some(isOnTransactions)).sort();

  it('within a transaction, each action is allowed on all kinds that the function writes, unless configured', () => {
    // Neither import nor load sends one, but their roles have two write actions, which IAM may judge by all of their keys.
    const names = 'import load query rebuild recompute reconcile redrive sweep';
    expect(sending).toEqual(names.split(' '));
    const [statement] = stack.statementsOf('recompute').filter(isOnTransactions);
    expect(statement.Action.sort()).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    expect(statement.Condition).toEqual({
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': expect.arrayContaining(['TX#*', 'ORDER#*']),
      },
    });
    const narrow = synthesize({ transactionGrants: 'each' });
    expect(sending.filter((name) => narrow.statementsOf(name).some(isOnTransactions))).toEqual([]);
  });

  it('names the functions that a verification asks about their transactions', () => {
    const listed = JSON.stringify(stack.template.toJSON().Outputs.TransactionFunctions.Value);
    expect(listed.match(/[\w-]+(?==)/g)?.sort()).toEqual(sending);
  });

  it('only rebuild has two grants that no single grant covers, on items that never exist', () => {
    const apart = functions.flatMap((name) =>
      stack
        .statementsOf(name)
        .map(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'])
        .filter((keys) => keys !== undefined)
        .map((keys) => [name, keys]),
    );
    expect(apart).toEqual([
      ['rebuild', ['PROBE#put']],
      ['rebuild', ['PROBE#update']],
    ]);
  });

  it.each(['rebuild', 'load'])('%s scans nothing but keys', (name) => {
    const scan = statementsFor(name, 'dynamodb:Scan');
    expect(scan.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    ]);
  });

  it('publish writes to the one bus, and redrive handles what Lambda kept of failed batches', () => {
    const [told] = statementsFor('publish', 'events:PutEvents');
    expect(told.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^EventsBus/), 'Arn'] });
    const [objects] = statementsFor('redrive', 's3:DeleteObject');
    expect(JSON.stringify(objects.Resource)).toMatch(/FailedRecords.*\/aws\/lambda\/\*/);
  });

  it('a schedule lets rebuild count, and otherwise only a person invokes it', () => {
    const { id } = stack.functionNamed('rebuild');
    const callers = ['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Permission', 'AWS::Events::Rule'];
    for (const type of callers) {
      expect(stack.ofType(type)).not.toEqual({});
      expect(JSON.stringify(stack.ofType(type))).not.toContain(id);
    }
    const schedules = Object.values(stack.ofType('AWS::Scheduler::Schedule'));
    const ofRebuild = schedules.filter(({ Properties }) =>
      JSON.stringify(Properties.Target.Arn).includes(id),
    );
    expect(ofRebuild.map(({ Properties }) => JSON.parse(Properties.Target.Input))).toMatchObject([
      { counters_only: true },
    ]);
  });
});

function statementsFor(name: string, action: string) {
  return stack.statementsOf(name).filter(({ Action }) => [Action].flat().includes(action));
}
