import type { IConstruct } from 'constructs';
import { ServiceFunction } from './service-function.ts';

/** Our functions below a construct, in the order in which they were defined. */
export function functionsIn(scope: IConstruct): ServiceFunction[] {
  return scope.node.findAll().filter((construct) => construct instanceof ServiceFunction);
}
