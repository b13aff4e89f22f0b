/**
 * CloudFormation creates or deletes one global secondary index of a table per update, so a release may change one at most:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 * released-indexes.json has the indexes of every release, oldest first. It has an entry for each released version of
 * CHANGELOG.md, so a release without one fails here, and the first release starts the comparison.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../synthesized-stack.ts';
import released from './released-indexes.json' with { type: 'json' };

/** Index → what cannot be changed without deleting and creating it: the attributes of its keys and its projection. */
type Indexes = Readonly<Record<string, string>>;

const releases: readonly { readonly version: string; readonly indexes: Indexes }[] = released;

const root = join(import.meta.dirname, '..', '..', '..');
const page = (name: string) => readFileSync(join(root, name), 'utf8');

function currentIndexes(): Indexes {
  const { GlobalSecondaryIndexes } = synthesize().named('AWS::DynamoDB::Table', 'Orders').Properties;
  return Object.fromEntries(
    GlobalSecondaryIndexes.map(
      (index: { IndexName: string; KeySchema: { AttributeName: string }[]; Projection: unknown }) => [
        index.IndexName,
        JSON.stringify([index.KeySchema.map(({ AttributeName }) => AttributeName), index.Projection]),
      ],
    ),
  );
}

/** The indexes that an update deletes or creates. One that changes counts twice. */
function changes(before: Indexes, after: Indexes): string[] {
  const missing = (these: Indexes, others: Indexes) =>
    Object.keys(these).filter((name) => these[name] !== others[name]);
  return [
    ...missing(before, after).map((name) => `- ${name}`),
    ...missing(after, before).map((name) => `+ ${name}`),
  ];
}

describe('the indexes of the table', () => {
  it('are recorded for every release', () => {
    const dated = [...page('CHANGELOG.md').matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(
      ([, version]) => version,
    );
    expect(
      releases.map(({ version }) => version),
      `Add to test/lib/storage/released-indexes.json: {"version": "${dated[0]}", "indexes": ${JSON.stringify(currentIndexes())}}`,
    ).toEqual(dated.reverse());
  });

  it('change by one at most from release to release, and since the last', () => {
    const states = [...releases.map(({ indexes }) => indexes), currentIndexes()];
    const steps = states.slice(1).map((after, position) => changes(states[position] ?? {}, after));
    expect(steps.filter((step) => step.length > 1)).toEqual([]);
  });

  it('have a row in the table of upgrades for every release that changes one', () => {
    const changing = releases.filter(
      ({ indexes }, position) =>
        position > 0 && changes(releases[position - 1]?.indexes ?? {}, indexes).length > 0,
    );
    const rows = [...page('docs/deploy.md').matchAll(/^\| (\d+\.\d+\.\d+) \|/gm)].map(
      ([, version]) => version,
    );
    expect(changing.filter(({ version }) => !rows.includes(version))).toEqual([]);
  });

  it('count as changed when one comes, goes or has other keys', () => {
    const two = { one: 'a', two: 'b' };
    expect(changes(two, two)).toEqual([]);
    expect(changes(two, { ...two, three: 'c' })).toEqual(['+ three']);
    expect(changes(two, { two: 'b' })).toEqual(['- one']);
    expect(changes(two, { one: 'a', two: 'c' })).toEqual(['- two', '+ two']);
    expect(changes(two, { one: 'a', three: 'b' })).toEqual(['- two', '+ three']);
  });
});
