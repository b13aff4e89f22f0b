/** One operation of an AWS service. Throws ServiceFault for what the service would refuse. */
export type Operation = (input: Record<string, unknown>) => unknown;

export class ServiceFault extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Ready to be sent. */
export interface ServiceAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** Calls the operation with what `input` reads. Whatever goes wrong is a fault. */
export function callOperation(
  operation: Operation | undefined,
  name: string,
  input: () => Record<string, unknown>,
): { output?: unknown; fault?: ServiceFault } {
  try {
    if (!operation) {
      throw new ServiceFault('UnknownOperationException', `The local run does not serve ${name}.`);
    }
    return { output: operation(input()) };
  } catch (error) {
    const known = error instanceof ServiceFault;
    return { fault: known ? error : new ServiceFault('InternalServiceError', String(error)) };
  }
}

export function statusOf({ type }: ServiceFault): number {
  return type === 'InternalServiceError' ? 500 : 400;
}
