import { describe, expect, it } from 'vitest';
import { serviceNames, synthesize, withOwnerMails } from '../synthesized-stack.ts';

const stack = synthesize(withOwnerMails);
const statements = stack.statementsOf('owner-mails');
const allowing = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));

describe('the mails to owners', () => {
  it('have no part in the template without a sender', () => {
    const off = synthesize();
    expect(serviceNames(stack).filter((name) => !serviceNames(off).includes(name))).toEqual(['owner-mails']);
    expect(Object.keys(off.resources).filter((id) => /OwnerMails/.test(id))).toEqual([]);
  });

  it('have none while the deployment only watches', () => {
    const watching = synthesize({ ...withOwnerMails, watchOnly: 'on' });
    expect(serviceNames(watching)).toEqual(serviceNames(synthesize()));
  });

  it('come from the one sender, know the people of the pool, and write nothing but their marks', () => {
    const [sending, ...more] = allowing('ses:SendEmail');
    expect(more).toEqual([]);
    expect(sending.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'redraws@mail.example.com' } });
    expect(JSON.stringify(sending.Resource).match(/:(identity|conf)[^"]+/g)).toEqual([
      ':configuration-set/redraw-tracker-prod-owners',
      ':identity/*',
    ]);
    const [listing] = allowing('cognito-idp:ListUsersInGroup');
    expect(listing.Resource).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^TokenIssuerUserPool/), 'Arn'],
    });
    const writes = ['PutItem', 'UpdateItem', 'DeleteItem'].flatMap((action) =>
      allowing(`dynamodb:${action}`),
    );
    expect(writes.map(({ Condition }) => Condition['ForAllValues:StringLike'])).toEqual([
      { 'dynamodb:LeadingKeys': ['OWNER_MAIL#*'] },
    ]);
  });

  it('are sent at the hour and in the time zone of the review', () => {
    const { id } = stack.functionNamed('owner-mails');
    const schedules = Object.values(stack.ofType('AWS::Scheduler::Schedule')).filter(
      ({ Properties }) => Properties.Target.Arn['Fn::GetAtt'][0] === id,
    );
    expect(
      schedules.map(({ Properties }) => [
        Properties.ScheduleExpression,
        Properties.ScheduleExpressionTimezone,
      ]),
    ).toEqual([['cron(0 9 * * ? *)', 'UTC']]);
  });
});
