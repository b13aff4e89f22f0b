const TEMPLATES: Readonly<Record<string, string>> = {
  redraw_available: 'Redraw available',
  requisition_ready: 'Requisition ready',
  appointment_missed: 'Appointment missed',
  appointment_cancelled: 'Appointment cancelled',
  results_complete: 'Results complete',
  reminder: 'Reminder',
};

/** `reminder_2` → "Reminder 2". */
export function templateText(template: string): string {
  return TEMPLATES[template] ?? template.replace(/^reminder_(\d+)$/, 'Reminder $1').replaceAll('_', ' ');
}
