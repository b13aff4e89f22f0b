import type { RedrawTrackerSettings } from '../../lib/configuration/settings.ts';

/** Every capability of the app. A test holds that no switch is missing. */
export const EVERYTHING = {
  operatorEmail: 'lab-ops@example.com',
  machineClients: {
    backend: [
      'transactions/read',
      'transactions/reconcile',
      'orders/write',
      'redraws/write',
      'results/read',
      'quarantine/write',
      'maintain/write',
      'messages/read',
      'messages/write',
      'orders/place',
      'appointments/write',
      'portal/link',
    ],
  },
  dashboard: 'on',
  signInThreatProtection: 'on',
  cloudFrontAccessLog: 'on',
  cloudFrontAlarm: 'on',
  entrance: 'on',
  entranceWebhookSenders: ['127.0.0.1'],
  keepInterpretation: 'on',
  patientNames: 'on',
  ordering: 'on',
  // So that the schedule itself runs a sweep while the emulator runs.
  sweepEvery: 'PT1M',
  dailyStaleReview: 'on',
  ownerMailSender: 'redraws@example.com',
  patientMessages: 'both',
  messageBrand: 'Example Health',
  messageSmsSender: 'phone-0123456789abcdef0123456789abcdef',
  messageEmailSender: 'results@example.com',
  messageHours: '00:00-24:00',
  messagesBesideJunction: 'on',
  messageMarkersInSms: 'on',
  eventsTo: 'https://example.com/events',
  eventSchemas: 'on',
} satisfies RedrawTrackerSettings;
