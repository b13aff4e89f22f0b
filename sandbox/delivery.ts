export { type Delivery, type Disorder, planDeliveries } from './delivery-plan.ts';
export {
  type Attempt,
  type DeliverySummary,
  deliver,
  type Sending,
  signedHeaders,
} from './webhook-sender.ts';
