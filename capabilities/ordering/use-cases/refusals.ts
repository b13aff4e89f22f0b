import { type CandidateOrder, type Fault, RequestRefused } from '../../../core/domain/request-refused.ts';
import type { JunctionRefused } from '../junction/refused.ts';

/** An order, a booking or a cancellation that is wrong or not possible. */
export class OrderingRefused extends RequestRefused {
  override readonly name = 'OrderingRefused';
  override readonly kind: RequestRefused['kind'];
  override readonly faults: readonly Fault[] | undefined;
  override readonly candidates: readonly CandidateOrder[] | undefined;
  override readonly retryAfter: number | undefined;

  constructor(
    kind: RequestRefused['kind'],
    why: string,
    more: Pick<RequestRefused, 'faults' | 'candidates' | 'retryAfter'> = {},
  ) {
    super(why);
    this.kind = kind;
    this.faults = more.faults;
    this.candidates = more.candidates;
    this.retryAfter = more.retryAfter;
  }
}

/** A request whose form or content is refused, with all its faults. */
export function invalid(faults: readonly Fault[]): OrderingRefused {
  const [first, ...others] = faults;
  const rest = others.length > 0 ? ` The field errors lists all ${faults.length} faults.` : '';
  return new OrderingRefused('invalid', `${first?.field || 'The body'}: ${first?.detail ?? ''}${rest}`, {
    faults,
  });
}

/**
 * What Junction's refusal is to the caller.
 *
 * @param what the thing that was refused, for example `order`
 * @param kind what a refusal other than of the form means
 */
export function refusedByJunction(
  error: JunctionRefused,
  what: string,
  kind: 'invalid' | 'conflict',
): OrderingRefused {
  const said = error.sentence === null ? ` (HTTP ${error.status})` : `: ${error.sentence.replace(/\.$/, '')}`;
  const faults = error.faults.length > 0 ? { faults: error.faults } : {};
  const isForm = error.status === 422;
  return new OrderingRefused(isForm ? 'invalid' : kind, `Junction refused the ${what}${said}.`, faults);
}
