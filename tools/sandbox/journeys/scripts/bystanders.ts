import { DAY, HOUR, MINUTE, SECOND, spellDay, spellTime } from '../../time.ts';
import type { Story } from '../../world/story.ts';
import { labWork, sampleTaken } from './results.ts';
import { orderWalkIn } from './walk-in.ts';

const ACTIVITY_SOURCE = { provider: 'fitbit', type: 'watch', slug: 'fitbit', name: 'Fitbit', logo: '' };

/** `created` reports the job as started: https://docs.junction.com/lab/report-parsing/overview */
function parseReport(story: Story): void {
  const job = {
    id: story.random.uuid(),
    failure_reason: null,
    needs_human_review: false,
    is_reviewed: false,
  };
  story.other('lab_report.parsing_job.created', { ...job, status: 'started', data: null });
  story.wait(MINUTE, 5 * MINUTE);
  story.other('lab_report.parsing_job.updated', { ...job, status: 'completed', data: parsedReport(story) });
}

function parsedReport({ patient, now }: Story) {
  const { details, labNotes, labValue } = patient;
  return {
    metadata: {
      patient_first_name: details.first_name ?? null,
      patient_last_name: details.last_name ?? null,
      dob: details.dob,
      gender: details.gender,
      lab_name: labNotes ?? 'Acme Labs',
      date_reported: spellDay(now - DAY),
      date_collected: spellDay(now - 3 * DAY),
      specimen_number: patient.sampleId(0),
    },
    results: [
      {
        test_name: labNotes ?? 'Glucose',
        value: String(labValue ?? 90),
        type: 'numeric',
        units: 'mg/dL',
        min_reference_range: 70,
        max_reference_range: 99,
        loinc_match_status: 'no_match',
        loinc_matches: null,
        interpretation: 'normal',
        is_above_max_range: false,
        is_below_min_range: false,
      },
    ],
  };
}

export const bystanderScripts = {
  /** Webhooks of wearables, and about a report that the patient uploaded. They have nothing to do with orders. */
  bystander_wearable(story: Story) {
    for (const eventType of [
      'daily.data.activity.created',
      'daily.data.sleep.created',
      'historical.data.workouts.created',
    ]) {
      const { labValue } = story.patient;
      const likely = { calories_total: story.random.int(1400, 3200), steps: story.random.int(200, 20_000) };
      story.other(eventType, {
        id: story.random.uuid(),
        date: spellTime(story.now),
        ...(labValue === null ? likely : { calories_total: labValue, steps: labValue }),
        source: ACTIVITY_SOURCE,
      });
      story.wait(HOUR, DAY);
    }
    parseReport(story);
  },

  /** A result that matches no order with certainty. A person reviews it and assigns it to the order. */
  bystander_match_review(story: Story) {
    const order = orderWalkIn(story);
    story.wait(DAY, 3 * DAY);
    const review = story.openReview('match_sample_id_mismatch_demo', order);
    story.wait(10 * MINUTE, DAY);
    story.decideReview(review, { action: 'accept', resolved: { userId: order.userId, orderId: order.id } });
    story.wait(SECOND, MINUTE);
    sampleTaken(story, order);
    labWork(story, order);
  },
};
