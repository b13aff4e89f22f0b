import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { expiryOf } from '../../domain/retention.ts';
import { refusal, type Table } from '../table.ts';
import { itemKey, TIME_TO_LIVE } from '../table-layout.ts';

/** The mail of a day to an owner. */
export interface OwnerMail {
  /** In the time zone of the review, as `2026-11-23`. */
  readonly day: string;
  /** The owner's id in the user pool. */
  readonly personId: string;
}

/** `sending` remains if the run is interrupted: then it is unknown whether the email was sent. */
type State = 'sending' | 'sent' | 'failed';

const itemOf = ({ day, personId }: OwnerMail, state: State, at: Instant) => ({
  ...itemKey('OWNER_MAIL', `${day}#${personId}`),
  state,
  at,
  [TIME_TO_LIVE]: expiryOf('owner_mail', at),
});

/**
 * Marks a mail before it is sent.
 *
 * @returns `done` if another run has sent it, `unknown` if another run is sending it or was interrupted while doing so
 */
export async function claimOwnerMail(
  table: Table,
  mail: OwnerMail,
  at: Instant,
): Promise<'claimed' | 'done' | 'unknown'> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: itemOf(mail, 'sending', at),
        ConditionExpression: 'attribute_not_exists(pk) OR #state = :failed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':failed': 'failed' satisfies State },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'claimed';
  } catch (error) {
    return refusal(error).item?.state === 'sent' ? 'done' : 'unknown';
  }
}

/** Records the outcome of an email. One that was definitely not sent may be sent by the next run. */
export async function noteOwnerMail(
  table: Table,
  mail: OwnerMail,
  state: Exclude<State, 'sending'>,
  at: Instant,
): Promise<void> {
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: itemOf(mail, state, at),
      // Only the run that claimed it knows the outcome.
      ConditionExpression: '#state = :sending',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':sending': 'sending' satisfies State },
    }),
  );
}
