/** An operation of an AWS service. @throws ServiceFault for a request that the service would refuse */
export type Operation = (input: Record<string, unknown>) => unknown;

export class ServiceFault extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface ServiceResponse {
  status: number;
  contentType: string;
  body: string;
}

/** Calls the operation with the parsed input. Every error becomes a fault. */
export function callOperation(
  operation: Operation | undefined,
  name: string,
  input: () => Record<string, unknown>,
): { output?: unknown; fault?: ServiceFault } {
  try {
    if (!operation) {
      throw new ServiceFault('UnknownOperationException', `The local run does not support ${name}.`);
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
