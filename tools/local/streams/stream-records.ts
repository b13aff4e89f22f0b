import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import { REGION } from '../template/intrinsics.ts';

/** A stream record in the form that Lambda passes to a function. */
export interface LambdaRecord {
  eventID: string;
  eventName: string;
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  dynamodb: {
    /** Seconds since the epoch. */
    ApproximateCreationDateTime: number;
    Keys?: Record<string, unknown>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
  eventSourceARN: string;
  userIdentity?: { type: string; principalId: string };
}

type Image = Record<string, AttributeValue> | undefined;

export function lambdaRecord(record: _Record, streamArn: string): LambdaRecord {
  const { dynamodb = {}, userIdentity } = record;
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    // The engine reports another region.
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: (dynamodb.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
      ...image('Keys', dynamodb.Keys),
      ...image('NewImage', dynamodb.NewImage),
      ...image('OldImage', dynamodb.OldImage),
      SequenceNumber: dynamodb.SequenceNumber ?? '',
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType ?? '',
    },
    eventSourceARN: streamArn,
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type ?? '', principalId: userIdentity.PrincipalId ?? '' },
    }),
  };
}

function image(name: 'Keys' | 'NewImage' | 'OldImage', attributes: Image) {
  return attributes && { [name]: inBase64(attributes) as Record<string, unknown> };
}

/** Binary attributes become base64, at any depth. */
function inBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(inBase64);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inBase64(item)]));
}
