import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

describe('the query for what a webhook caused', () => {
  const { LogGroupNames, QueryString } = stack.only('AWS::Logs::QueryDefinition').Properties;

  it('searches every log that the way of a webhook is in', () => {
    const logs = Object.values(stack.ofType('AWS::Lambda::Function'))
      .filter(({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME)
      .map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    const accessLog = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings.DestinationArn;
    logs.push(accessLog['Fn::GetAtt'][0], ...eventLogs());
    const searched = LogGroupNames.map(({ Ref }: { Ref: string }) => Ref);
    expect(searched.sort()).toEqual(logs.sort());
    expect(searched.length).toBeLessThanOrEqual(50);
  });

  it('is in the runbook', () => {
    const runbook = readFileSync(
      join(import.meta.dirname, '..', '..', '..', 'docs', 'operations', 'runbook.md'),
      'utf8',
    );
    expect(runbook).toContain(`\`\`\`\n${QueryString}\n\`\`\``);
  });
});

/** The log groups that a rule writes events to. */
function eventLogs(): string[] {
  const groups = Object.keys(stack.ofType('AWS::Logs::LogGroup'));
  const targets = JSON.stringify(
    Object.values(stack.ofType('AWS::Events::Rule')).flatMap(({ Properties }) => Properties.Targets),
  );
  const found = groups.filter((id) => targets.includes(`{"Ref":"${id}"}`));
  expect(found).toHaveLength(1);
  return found;
}
