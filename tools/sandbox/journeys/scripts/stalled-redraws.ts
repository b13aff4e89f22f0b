import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import {
  initialWithMissingResults,
  orderRedraw,
  redrawBooked,
  redrawDrawn,
  redrawOrdered,
  redrawWithRequisition,
} from './redraw.ts';
import { labWork, partialResults, redrawBecomesAvailable, sampleTaken } from './results.ts';

/** From the requisition to the end, without further delay. */
function bookedToCompleted(story: Story, redraw: Order): void {
  story.wait(HOUR, DAY);
  story.book(redraw, 'quest', DAY);
  story.move(redraw, 'appointment_scheduled');
  story.wait(30 * HOUR, 2 * DAY);
  sampleTaken(story, redraw);
  labWork(story, redraw);
}

function requisitionToCompleted(story: Story, redraw: Order): void {
  story.move(redraw, 'requisition_created');
  bookedToCompleted(story, redraw);
}

/** Redraws that stall at each stage, permanently or until somebody acts. */
export const stalledRedrawScripts = {
  /** Junction announces a redraw and never orders it. */
  redraw_never_ordered(story: Story) {
    redrawBecomesAvailable(story, initialWithMissingResults(story));
    story.stalls();
  },

  redraw_ordered_late(story: Story) {
    const initial = initialWithMissingResults(story);
    redrawBecomesAvailable(story, initial);
    story.stalls();
    story.wait(5 * HOUR, 3 * DAY);
    const redraw = story.place({ modality: 'walk_in_test', origin: 'redraw', parent: initial });
    story.wait(10 * MINUTE, 5 * HOUR);
    requisitionToCompleted(story, redraw);
  },

  redraw_stalled_without_requisition(story: Story) {
    redrawOrdered(story);
    story.stalls();
  },

  redraw_requisition_late(story: Story) {
    const redraw = redrawOrdered(story);
    story.stalls();
    story.wait(2 * DAY, 6 * DAY);
    requisitionToCompleted(story, redraw);
  },

  redraw_stalled_without_appointment(story: Story) {
    redrawWithRequisition(story);
    story.stalls();
  },

  redraw_booked_late(story: Story) {
    story.lab = 'quest';
    const redraw = redrawWithRequisition(story);
    story.stalls();
    story.wait(8 * DAY, 14 * DAY);
    bookedToCompleted(story, redraw);
  },

  /** The patient booked an appointment, and nothing shows that they attended. */
  redraw_stalled_after_appointment(story: Story) {
    redrawBooked(story);
    story.stalls();
  },

  /** The patient came days after the appointment. */
  redraw_drawn_late(story: Story) {
    const redraw = redrawBooked(story);
    story.stalls();
    story.wait(5 * DAY, 9 * DAY);
    sampleTaken(story, redraw);
    labWork(story, redraw);
  },

  /** The patient missed the appointment and rescheduled it days later. */
  redraw_rebooked_late(story: Story) {
    const redraw = redrawWithRequisition(story);
    story.wait(DAY, 3 * DAY);
    const appointment = story.book(redraw, 'quest', 2 * DAY);
    story.move(redraw, 'appointment_scheduled');
    story.stalls();
    story.wait(4 * DAY, 7 * DAY);
    story.changeAppointment(redraw, appointment, { startAt: Math.ceil((story.now + DAY) / HOUR) * HOUR });
    story.wait(30 * HOUR, 2 * DAY);
    sampleTaken(story, redraw);
    labWork(story, redraw);
  },

  redraw_stalled_after_draw(story: Story) {
    redrawDrawn(story);
    story.stalls();
  },

  redraw_result_late(story: Story) {
    const redraw = redrawDrawn(story);
    story.stalls();
    story.wait(10 * DAY, 15 * DAY);
    labWork(story, redraw);
  },

  /** Without a due date for results, only partial results show that the patient came. */
  redraw_stalled_after_partial_results(story: Story) {
    const redraw = redrawBooked(story);
    story.wait(3 * DAY, 4 * DAY);
    partialResults(story, redraw);
    story.stalls();
  },

  /** Activated on a later day: until then nothing is overdue. */
  redraw_activated_later(story: Story) {
    const initial = initialWithMissingResults(story);
    orderRedraw(story, initial, 20 * DAY);
  },

  redraw_activated_later_then_completed(story: Story) {
    const initial = initialWithMissingResults(story);
    const redraw = orderRedraw(story, initial, 8 * DAY);
    story.now = Math.floor((redraw.activateBy ?? story.now) / DAY) * DAY;
    story.wait(HOUR, 8 * HOUR);
    requisitionToCompleted(story, redraw);
  },
};
