import { describe, expect, it } from 'vitest';
import { linkStacks } from '../../template/linked-stacks.ts';

const data = {
  stackName: 'app-data',
  template: {
    Resources: { Items: { Type: 'AWS::DynamoDB::Table' } },
    Outputs: { ItemsName: { Value: { Ref: 'Items' } } },
  },
};

const outputOfData = (OutputName: string) => ({
  'Fn::GetStackOutput': { StackName: 'app-data', OutputName, Region: { Ref: 'AWS::Region' } },
});

const reader = (OutputName: string) => ({
  stackName: 'app',
  template: {
    Resources: {
      Reader: {
        Type: 'AWS::Lambda::Function',
        Properties: { Names: ['other', outputOfData(OutputName)] },
      },
    },
    Outputs: { TableName: { Value: outputOfData(OutputName) } },
  },
});

describe('linked stacks', () => {
  it('are one template, in which outputs of another stack are references to its resources', () => {
    expect(linkStacks([reader('ItemsName'), data])).toEqual({
      Resources: {
        Items: { Type: 'AWS::DynamoDB::Table' },
        Reader: { Type: 'AWS::Lambda::Function', Properties: { Names: ['other', { Ref: 'Items' }] } },
      },
      // One of the reader, which passes on that of the data, and the one of the data itself.
      Outputs: { TableName: { Value: { Ref: 'Items' } }, ItemsName: { Value: { Ref: 'Items' } } },
    });
  });

  it('must have the outputs that they refer to', () => {
    expect(() => linkStacks([reader('ItemsArn'), data])).toThrow('refers to the output ItemsArn');
  });

  it('keep references to a stack that is not among them', () => {
    const alone = reader('ItemsName');
    expect(linkStacks([alone])).toEqual(alone.template);
  });

  it('must have different resources', () => {
    expect(() => linkStacks([data, { ...data, stackName: 'other' }])).toThrow('Items is in other and in');
  });
});
