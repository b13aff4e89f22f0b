import { DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

/** The smallest function that writes to DynamoDB: the reference for the webhook's bundle and handler. */
export async function handler(update: UpdateItemCommandInput): Promise<void> {
  await client.send(new UpdateItemCommand(update));
}
