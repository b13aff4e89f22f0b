import { expect, test } from 'vitest';
import { synthesize } from '../../../lib/synthesized-stack.ts';

const stack = synthesize();
const statements = stack.statementsOf('rebuild');

test('it may scan keys and counters, and nothing in quarantine', () => {
  const scan = statements.filter(({ Action }) => [Action].flat().includes('dynamodb:Scan'));
  expect(scan).toHaveLength(1);
  expect(scan[0].Condition).toEqual({
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'counted'] },
    StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  });
  const kinds = statements.flatMap(({ Condition }) =>
    [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat(),
  );
  expect([...new Set(kinds)].sort()).toEqual(['COUNTERS#*', 'ORDER#*', 'TX#*']);
});

test('it never deletes an order, reads no secret and publishes no event', () => {
  const deletes = statements.filter(({ Action }) => [Action].flat().includes('dynamodb:DeleteItem'));
  for (const { Condition } of deletes) {
    expect([Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']].flat()).not.toContain('ORDER#*');
  }
  const services = new Set(
    statements.flatMap(({ Action }) => [Action].flat().map((one) => one.split(':')[0])),
  );
  expect([...services].sort()).toEqual(['dynamodb', 'kms', 'logs']);
});

test('only a person invokes it', () => {
  const { id } = stack.functionNamed('rebuild');
  const callers = [
    'AWS::Scheduler::Schedule',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Permission',
    'AWS::Events::Rule',
  ];
  for (const type of callers) expect(JSON.stringify(stack.ofType(type))).not.toContain(id);
});
