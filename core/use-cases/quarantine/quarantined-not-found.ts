import { RequestRefused } from '../../domain/request-refused.ts';

/** No body with this id is in quarantine. */
export class QuarantinedNotFound extends RequestRefused {
  override readonly name = 'QuarantinedNotFound';
  override readonly kind = 'not_found';
  readonly id: string;

  constructor(id: string) {
    super('There is no quarantined webhook with this ID. It may have expired.');
    this.id = id;
  }
}
