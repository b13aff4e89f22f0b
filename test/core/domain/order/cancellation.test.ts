import { expect, test } from 'vitest';
import { cancellationRefusal } from '../../../../core/domain/order/cancellation.ts';

// https://docs.junction.com/lab/workflow/cancelling-an-order
test.each([
  [
    'walk_in_test',
    'ordered requisition_created requisition_bypassed appointment_pending appointment_scheduled appointment_cancelled',
    'partial_results redraw_available completed corrected sample_error cancelled',
  ],
  [
    'at_home_phlebotomy',
    'ordered requisition_created appointment_pending appointment_scheduled appointment_cancelled draw_completed',
    'partial_results completed sample_error cancelled',
  ],
  [
    'on_site_collection',
    'ordered requisition_created draw_completed',
    'partial_results completed sample_error cancelled',
  ],
  [
    'testkit',
    'ordered awaiting_registration registered requisition_created something_new',
    'transit_customer out_for_delivery with_customer transit_lab delivered_to_lab lost failure_to_deliver_to_lab completed cancelled do_not_process',
  ],
])('%s can be cancelled in the documented statuses', (modality, possible, refused) => {
  for (const low of possible.split(' '))
    expect([low, cancellationRefusal(modality, low, null)]).toEqual([low, null]);
  for (const low of refused.split(' ')) {
    expect([low, cancellationRefusal(modality, low, null)]).toEqual([low, expect.any(String)]);
  }
});
