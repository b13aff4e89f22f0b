import { DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

/** The least a function that writes can be: what the webhook's bundle and its handler are measured against. */
export async function handler(update: UpdateItemCommandInput): Promise<void> {
  await client.send(new UpdateItemCommand(update));
}
