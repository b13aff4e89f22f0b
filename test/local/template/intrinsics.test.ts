// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is written so.
import { describe, expect, it } from 'vitest';
import { resolver, type World } from '../../../local/template/intrinsics.ts';
import { openTemplate } from '../../../local/template/template.ts';
import { template } from '../fixtures/tiny-assembly.ts';

const world: World = {
  parameters: new Map([['Stage', 'prod']]),
  conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsNotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsNotProd' }, { Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsNotProd' }, { Condition: 'IsProd' }] },
  },
  mappings: { Sizes: { prod: { memory: '512' } } },
  ref: (id) => (id === 'Table' ? 'table-name' : undefined),
  attribute: (id, name) => (id === 'Table' && name === 'Arn' ? 'arn:table' : undefined),
};
const { resolve } = resolver(world);

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'table-name'],
    [{ Ref: 'Stage' }, 'prod'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'arn:table'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-prod-1'],
    [{ 'Fn::Sub': '${Stage}/${Table.Arn}/${!Literal}/${AWS::Partition}' }, 'prod/arn:table/${Literal}/aws'],
    [{ 'Fn::Sub': ['${Mine}-${Stage}', { Mine: { Ref: 'Table' } }] }, 'table-name-prod'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] }, 'table'],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, '512'],
    [{ 'Fn::If': ['IsProd', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['IsNotProd', 'yes', 'no'] }, 'no'],
    [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    [{ a: [{ Ref: 'AWS::NoValue' }, 1], b: { Ref: 'AWS::NoValue' } }, { a: [1] }],
    [{ 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, 'no'] }, undefined],
    [
      { Ref: 'Table', Other: 1 },
      { Ref: 'Table', Other: 1 },
    ],
  ])('%j is %j', (value, expected) => {
    expect(resolve(value, 'X.Y')).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nowhere' }, /X\.Y uses Ref Nowhere/],
    [{ 'Fn::GetAtt': ['Table', 'Colour'] }, /X\.Y uses Fn::GetAtt Table\.Colour/],
    [{ inner: { 'Fn::ImportValue': 'other-stack' } }, /X\.Y\.inner uses Fn::ImportValue/],
    [{ 'Fn::If': ['Unknown', 1, 2] }, /condition Unknown/],
  ])('%j is refused with its place', (value, message) => {
    expect(() => resolve(value, 'X.Y')).toThrow(message);
  });
});

describe('template', () => {
  it('lists only resources whose condition holds', () => {
    const tiny = openTemplate({
      template: {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: {
          Here: { Type: 'AWS::SQS::Queue' },
          Not: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
        },
      },
      assets: new Map(),
    });
    expect(tiny.resources('AWS::SQS::Queue')).toEqual(['Here']);
  });

  it('names resources by their logical id unless they have a name', () => {
    const tiny = openTemplate({ template: template(), assets: new Map() });
    expect(tiny.nameOf('Items')).toBe('Items');
    expect(tiny.nameOf('CursorSecret')).toBe('cursor');
    expect(() => tiny.nameOf('Absent')).toThrow(/refers to Absent/);
  });
});
