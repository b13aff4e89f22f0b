import { expect, test } from 'vitest';
import { faultsOf, readCfnLint, readCheckov } from '../findings.ts';
import { REASONS, type Reason } from '../reasons.ts';

const cfnLintOutput = JSON.stringify([
  {
    Filename: 'stack.template.json',
    Level: 'Warning',
    Location: { Path: ['Resources', 'SweepFunction', 'DependsOn', 1], Start: { LineNumber: 3 } },
    Message: 'dependency already enforced',
    Rule: { Id: 'W3005', Description: 'Check if DependsOn is specified if not needed.' },
  },
]);

const checkovOutput = (summary = { passed: 1, failed: 1, parsing_errors: 0 }) =>
  JSON.stringify({
    check_type: 'cloudformation',
    summary,
    results: {
      failed_checks: [
        {
          check_id: 'CKV_AWS_18',
          check_name: 'Ensure the S3 bucket has access logging enabled',
          file_path: '/stack.template.json',
          resource: 'AWS::S3::Bucket.FilesBucket',
        },
      ],
    },
  });

const finding = {
  judge: 'checkov',
  rule: 'CKV_AWS_18',
  resource: 'FilesBucket',
  message: 'Ensure the S3 bucket has access logging enabled (/stack.template.json)',
} as const;

const reason: Reason = {
  judge: 'checkov',
  rule: 'CKV_AWS_18',
  resources: /^FilesBucket/,
  reason: 'Public files.',
};

test('reads the rule and the resource of each finding', () => {
  expect(readCfnLint(cfnLintOutput)).toEqual([
    {
      judge: 'cfn-lint',
      rule: 'W3005',
      resource: 'SweepFunction',
      message: 'dependency already enforced (stack.template.json)',
    },
  ]);
  expect(readCheckov(checkovOutput())).toEqual([finding]);
});

test('does not take templates for right that checkov could not read', () => {
  expect(() => readCheckov(checkovOutput({ passed: 1, failed: 1, parsing_errors: 1 }))).toThrow();
  expect(() => readCheckov(checkovOutput({ passed: 0, failed: 0, parsing_errors: 0 }))).toThrow();
});

test('a finding with a reason is no fault', () => {
  expect(faultsOf([finding], [reason])).toEqual([]);
});

test('a finding is a fault without a reason for its judge, its rule and its resource', () => {
  const fault =
    'checkov CKV_AWS_18 of FilesBucket: Ensure the S3 bucket has access logging enabled (/stack.template.json)';
  expect(faultsOf([finding, finding], [])).toEqual([fault]);
  for (const other of [{ judge: 'cfn-lint' }, { rule: 'CKV_AWS_19' }, { resources: /^Other/ }] as const) {
    expect(faultsOf([finding], [{ ...reason, ...other }])[0]).toBe(fault);
  }
});

test('a reason that no finding needs is a fault', () => {
  expect(faultsOf([], [reason])).toEqual([
    'checkov does not find CKV_AWS_18 of ^FilesBucket. Remove it from reasons.ts.',
  ]);
});

test('every reason is a sentence', () => {
  for (const { reason: text } of REASONS) expect(text).toMatch(/^[A-Zd].{30,}\.$/);
});
