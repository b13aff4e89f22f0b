// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is written so.
import { describe, expect, it } from 'vitest';
import { resolver } from '../../template/intrinsics.ts';
import { openTemplate } from '../../template/template.ts';
import { template } from '../fixtures/tiny-assembly.ts';

const resolve = resolver({
  ref: (id) => (id === 'Table' ? 'table-name' : undefined),
  attribute: (id, name) => (id === 'Table' && name === 'Arn' ? 'arn:table' : undefined),
});

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'table-name'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 1]] }, 'a-table-name-1'],
    [{ 'Fn::Sub': '${Table}/${AWS::Partition}' }, 'table-name/aws'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] }, 'table'],
    [[{ deep: { Ref: 'Table' } }], [{ deep: 'table-name' }]],
    [
      { Ref: 'Table', Other: 1 },
      { Ref: 'Table', Other: 1 },
    ],
  ])('%j is %j', (value, expected) => {
    expect(resolve(value, 'X.Y')).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nowhere' }, /X\.Y uses Ref Nowhere, which the local run does not support/],
    [{ 'Fn::GetAtt': ['Table', 'Colour'] }, /X\.Y uses Fn::GetAtt Table\.Colour/],
    [{ inner: { 'Fn::ImportValue': 'other-stack' } }, /X\.Y\.inner uses Fn::ImportValue/],
    [{ 'Fn::Sub': '${Table.Arn}' }, /X\.Y uses Ref Table\.Arn/],
    [{ 'Fn::Join': ['', [{}]] }, /X\.Y is {}, which is not text/],
    [{ 'Fn::Select': 1 }, /X\.Y is 1, which is not a list/],
  ])('refuses %j and names its path', (value, message) => {
    expect(() => resolve(value, 'X.Y')).toThrow(message);
  });
});

describe('template', () => {
  it('refuses a resource with a condition', () => {
    const Resources = { Letters: { Type: 'AWS::SQS::Queue', Condition: 'Sometimes' } };
    const conditional = openTemplate({ template: { Resources }, assets: new Map() });
    expect(conditional.resources('AWS::SNS::Topic')).toEqual([]);
    expect(() => conditional.resources('AWS::SQS::Queue')).toThrow(/Letters has a condition/);
  });

  it('names a resource by its logical id unless it has a name', () => {
    const tiny = openTemplate({ template: template(), assets: new Map() });
    expect(tiny.nameOf('Items')).toBe('Items');
    expect(tiny.nameOf('CursorSecret')).toBe('cursor');
    expect(() => tiny.nameOf('Absent')).toThrow(/refers to Absent/);
  });
});
