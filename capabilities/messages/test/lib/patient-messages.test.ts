import { describe, expect, it } from 'vitest';
import { pageClient } from '../../../../test/lib/dashboard/page-resources.ts';
import {
  isOnTransactions,
  type SynthesizedStack,
  serviceNames,
  synthesize,
  withMessages,
} from '../../../../test/lib/synthesized-stack.ts';
import { messageScopes } from '../../api/scopes.ts';

const stack = synthesize(withMessages);
const messageFunctions = ['message-outcomes', 'message-requests', 'messages'];
const senderTypes = ['AWS::SES::ConfigurationSet', 'AWS::SMSVOICE::ConfigurationSet'];

const sendersOf = (settings: Record<string, unknown>) =>
  senderTypes.filter((type) => Object.keys(synthesize(settings).ofType(type)).length > 0);

const ofSingleRequests = (name: string) =>
  stack.statementsOf(name).filter((statement) => !isOnTransactions(statement));

function itemsOf(name: string): Record<string, string[]> {
  return Object.fromEntries(
    ofSingleRequests(name).flatMap(({ Action, Condition }) => {
      const keys: string[] = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];
      return [Action].flat().flatMap((action) => (keys.length > 0 ? [[action, [keys].flat().sort()]] : []));
    }),
  );
}

const statement = (action: string) =>
  stack.statementsOf('messages').find(({ Action }) => [Action].flat().includes(action));

describe('messages to patients', () => {
  it('have no part in the template while they are off, and only the senders of their channels', () => {
    const off = synthesize();
    expect(Object.keys(off.resources).filter((id) => /Message|Sms|Email/.test(id))).toEqual([]);
    expect(JSON.stringify(off.resources)).not.toContain('sms-voice');
    expect(sendersOf({})).toEqual([]);
    expect(sendersOf({ ...withMessages, patientMessages: 'email' })).toEqual([senderTypes[0]]);
    expect(sendersOf({ ...withMessages, patientMessages: 'sms' })).toEqual([senderTypes[1]]);
    expect(
      serviceNames(stack)
        .filter((name) => !serviceNames(off).includes(name))
        .sort(),
    ).toEqual(messageFunctions);
  });

  it('are sent from the one sender of a channel, and in the table nothing but messages is new', () => {
    expect(statement('ses:SendEmail')).toMatchObject({
      Condition: { StringEquals: { 'ses:FromAddress': 'results@mail.example.com' } },
    });
    expect(JSON.stringify(statement('ses:SendEmail')?.Resource).match(/:(identity|conf)[^"]+/g)).toEqual([
      ':configuration-set/redraw-tracker-prod',
      // The recipients too, in the sandbox of SES.
      ':identity/*',
    ]);
    expect(JSON.stringify(statement('sms-voice:SendTextMessage')?.Resource)).toContain(':pool/pool-1');
    expect(itemsOf('messages')).toEqual({
      'dynamodb:GetItem': ['MARK#*', 'MESSAGE#*', 'NOTICE#*', 'ORDER#*', 'PATIENT#*', 'TX#*'],
      'dynamodb:Query': ['MESSAGE#*'],
      'dynamodb:PutItem': ['MESSAGE#*', 'PATIENT#*', 'SENT_SMS#*', 'TX#*'],
      'dynamodb:UpdateItem': ['HEARTBEAT#*', 'NOTICE#*', 'ORDER#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
    });
    expect(itemsOf('message-outcomes')).toEqual({
      'dynamodb:GetItem': ['MESSAGE#*', 'PATIENT#*', 'SENT_SMS#*', 'TX#*'],
      'dynamodb:Query': ['MESSAGE#*'],
      'dynamodb:PutItem': ['MESSAGE#*', 'PATIENT#*', 'SENT_SMS#*', 'TX#*'],
      'dynamodb:UpdateItem': ['HEARTBEAT#*'],
    });
  });

  it('get the settings in the environment', () => {
    const settings = {
      ...withMessages,
      messagesOff: 'reminder_3, appointment_cancelled',
      messageReminders: 'off',
    };
    const { Variables } = synthesize(settings).functionNamed('messages').resource.Properties.Environment;
    expect(Variables).toMatchObject({
      PATIENT_MESSAGES: 'sms,email',
      MESSAGE_REMINDERS: '',
      MESSAGES_OFF: 'reminder_3,appointment_cancelled',
      MESSAGE_HOURS: '09:00-20:00',
      MESSAGE_DAILY_CAP: '3',
      MESSAGE_EMAIL_SENDER: 'results@mail.example.com',
      EMAIL_CONFIGURATION_SET: 'redraw-tracker-prod',
      MESSAGE_SMS_SENDER: 'pool-1',
      SMS_CONFIGURATION_SET: 'redraw-tracker-prod',
    });
    expect(Variables).not.toHaveProperty('MESSAGE_LINK');
  });

  it('are off while the deployment only watches, whichever function would send or plan one', () => {
    const channelsOf = (settings: object) => {
      const of = synthesize({ ...withMessages, ...settings });
      return ['messages', 'message-requests'].map(
        (name) => of.functionNamed(name).resource.Properties.Environment.Variables.PATIENT_MESSAGES,
      );
    };
    expect(channelsOf({})).toEqual(['sms,email', 'sms,email']);
    expect(channelsOf({ watchOnly: 'on' })).toEqual(['', '']);
  });
});

describe('requests about messages', () => {
  it('have their routes and scopes, which exist only where messages are on', () => {
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationScopes?.[0],
    ]);
    expect(Object.fromEntries(routes)).toMatchObject(messageScopes);
    const scopes = ['messages/read', 'messages/write'];
    const granted = (one: SynthesizedStack) =>
      pageClient(one)[1].Properties.AllowedOAuthScopes.filter((scope: string) => scopes.includes(scope));
    expect(granted(stack)).toEqual(scopes);
    expect(granted(synthesize())).toEqual([]);
    expect(Object.values(stack.ofType('AWS::Cognito::UserPoolResourceServer'))).toContainEqual(
      expect.objectContaining({ Properties: expect.objectContaining({ Identifier: 'messages' }) }),
    );
  });

  it('reach a function that cannot send, and writes nothing but messages, patients and the marks of changes', () => {
    expect(itemsOf('message-requests')).toEqual({
      'dynamodb:GetItem': ['ORDER#*', 'PATIENT#*', 'TX#*'],
      'dynamodb:BatchGetItem': ['TX#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
      'dynamodb:Query': ['MESSAGE#*'],
      'dynamodb:PutItem': ['MESSAGE#*', 'PATIENT#*'],
      'dynamodb:UpdateItem': ['HEARTBEAT#*'],
    });
    expect(JSON.stringify(stack.statementsOf('message-requests'))).not.toMatch(/ses:|sms-voice:/);
  });
});

describe('reports of the providers', () => {
  const reporting = Object.values(stack.ofType('AWS::Events::Rule')).filter(
    ({ Properties }) => Properties.EventPattern.source[0] === 'aws.ses',
  );

  it('of SES bring ids, type and reason, and no address', () => {
    const paths = reporting.flatMap(({ Properties }) =>
      Object.values(Properties.Targets[0].InputTransformer.InputPathsMap),
    );
    expect([...new Set(paths)].sort()).toEqual([
      '$.detail.bounce.bounceType',
      '$.detail.eventType',
      '$.detail.mail.tags.ref',
    ]);
    const types = reporting.flatMap(({ Properties }) => Properties.EventPattern['detail-type']);
    const { EventDestination } = stack.only('AWS::SES::ConfigurationSetEventDestination').Properties;
    expect(types).toHaveLength(EventDestination.MatchingEventTypes.length);
  });

  it('leave nothing behind that has an address or a phone number', () => {
    for (const { Properties } of reporting)
      expect(Properties.Targets[0]).not.toHaveProperty('DeadLetterConfig');
    const { id } = stack.functionNamed('message-outcomes');
    const invoking = Object.values(stack.ofType('AWS::Lambda::EventInvokeConfig')).find(
      ({ Properties }) => Properties.FunctionName.Ref === id,
    );
    expect(invoking?.Properties).not.toHaveProperty('DestinationConfig');
    const subscribed = Object.values(stack.ofType('AWS::SNS::Subscription')).filter(
      ({ Properties }) => Properties.Protocol === 'lambda',
    );
    expect(subscribed).toHaveLength(2);
    for (const { Properties } of subscribed) expect(Properties).not.toHaveProperty('RedrivePolicy');
  });

  it('of the SMS service come through a topic that only its configuration set can publish to', () => {
    const { EventDestinations } = stack.only('AWS::SMSVOICE::ConfigurationSet').Properties;
    const { Ref: topic } = EventDestinations[0].SnsDestination.TopicArn;
    const { Condition } = allowedOn(topic);
    expect(JSON.stringify(Condition)).toContain(':configuration-set/redraw-tracker-prod');
  });

  it('include replies, by a topic that only the numbers of this account can publish to', () => {
    const { Ref: topic } = stack.template.toJSON().Outputs.SmsRepliesTopicArn.Value;
    const { StringEquals, ArnLike } = allowedOn(topic).Condition;
    expect(StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(JSON.stringify(ArnLike)).toMatch(/:sms-voice:.*:\*/);
  });
});

/** What the policy of an encrypted topic allows, and to whom: the SMS service alone. */
function allowedOn(topic: string) {
  expect(stack.resources[topic]?.Properties).toHaveProperty('KmsMasterKeyId');
  const policy = Object.values(stack.ofType('AWS::SNS::TopicPolicy')).find(
    ({ Properties }) => Properties.Topics[0].Ref === topic,
  );
  const [allowed] = (policy?.Properties.PolicyDocument.Statement ?? []).filter(
    ({ Effect }: { Effect: string }) => Effect === 'Allow',
  );
  expect(allowed.Principal).toEqual({ Service: 'sms-voice.amazonaws.com' });
  return allowed;
}
