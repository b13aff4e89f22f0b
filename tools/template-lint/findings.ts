import * as z from 'zod';
import type { Reason } from './reasons.ts';

/** What a judge found in a template. */
export interface Finding {
  readonly judge: Reason['judge'];
  readonly rule: string;
  /** The logical id of the resource; empty if it is about none. */
  readonly resource: string;
  readonly message: string;
}

const cfnLint = z.array(
  z.object({
    Filename: z.string(),
    Message: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
    Rule: z.object({ Id: z.string() }),
  }),
);

/** Reads the output of cfn-lint in JSON. */
export function readCfnLint(output: string): Finding[] {
  return cfnLint.parse(JSON.parse(output)).map(({ Filename, Message, Location, Rule }) => {
    const [section, id] = Location.Path ?? [];
    return {
      judge: 'cfn-lint',
      rule: Rule.Id,
      resource: section === 'Resources' ? String(id) : '',
      message: `${Message} (${Filename})`,
    };
  });
}

const checkov = z.object({
  summary: z.object({ passed: z.number().min(1), parsing_errors: z.literal(0) }),
  results: z.object({
    failed_checks: z.array(
      z.object({
        check_id: z.string(),
        check_name: z.string(),
        file_path: z.string(),
        resource: z.string(),
      }),
    ),
  }),
});

/** Reads the output of checkov in JSON. @throws if it could not read a template, or read none */
export function readCheckov(output: string): Finding[] {
  return checkov.parse(JSON.parse(output)).results.failed_checks.map((check) => ({
    judge: 'checkov',
    rule: check.check_id,
    resource: check.resource.split('.').slice(1).join('.'),
    message: `${check.check_name} (${check.file_path})`,
  }));
}

/** The findings without a reason, and the reasons without a finding: a sentence for each. */
export function faultsOf(findings: readonly Finding[], reasons: readonly Reason[]): string[] {
  const used = new Set<Reason>();
  const faults = findings.flatMap((finding) => {
    const found = reasons.filter((reason) => isAbout(reason, finding));
    for (const reason of found) used.add(reason);
    const { judge, rule, resource, message } = finding;
    return found.length > 0 ? [] : [`${judge} ${rule} of ${resource}: ${message}`];
  });
  const unneeded = reasons
    .filter((reason) => !used.has(reason))
    .map(({ judge, rule, resources }) => {
      const about = resources === undefined ? '' : ` of ${resources.source}`;
      return `${judge} does not find ${rule}${about}. Remove it from reasons.ts.`;
    });
  return [...new Set(faults), ...unneeded];
}

function isAbout({ judge, rule, resources }: Reason, finding: Finding): boolean {
  return judge === finding.judge && rule === finding.rule && (resources?.test(finding.resource) ?? true);
}
