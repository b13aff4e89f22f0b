import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { openSpool, spoolId } from '../files/spool.ts';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { type Destination, MessageRejected } from './destinations.ts';

const messageSchema = z.object({
  sentAt: z.iso.datetime(),
  attributes: z.record(z.string(), z.string()),
  body: z.string(),
});

export interface Queue extends Destination {
  name: string;
  /** The number of its messages. */
  waiting(): number;
}

const MAX_BYTES = 1024 * 1024;

/**
 * The template's queues. They hold dead letters, which people read: each message stays as a file in `queues/<queue>/`.
 * The local run does not serve the API of SQS.
 */
export function queues(template: Template, data: DataDirectory, now: () => Date): Queue[] {
  return template.resources('AWS::SQS::Queue').map((id): Queue => {
    const name = template.nameOf(id);
    const path = data.file('queues', name);
    const spool = openSpool(path, messageSchema);
    return {
      name,
      waiting: () => spool.all().length,
      arn: attributeOf('AWS::SQS::Queue', name, 'Arn') ?? name,
      path,
      accept({ body, attributes = {} }) {
        if (Buffer.byteLength(body) > MAX_BYTES) {
          throw new MessageRejected(
            'InvalidParameterValue',
            `The message is longer than ${MAX_BYTES} bytes.`,
          );
        }
        const sentAt = now();
        spool.put(spoolId(sentAt), { sentAt: sentAt.toISOString(), attributes, body });
      },
    };
  });
}
