export { type Delivery, planDeliveries } from './delivery-plan.ts';
export { type Attempt, type DeliverySummary, deliver } from './webhook-sender.ts';
