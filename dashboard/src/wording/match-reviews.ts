import { humanize } from './status.ts';

/** Why Junction couldn't match the result, for its documented codes. */
const REASONS: Readonly<Record<string, string>> = {
  match_sample_id: 'Sample ID matches',
  match_completed: 'Matches a completed order',
  match_cancelled: 'Matches a cancelled order',
  wrong_collection: 'Different collection method',
  wrong_lab: 'Different lab',
  multiple_demo_match: 'Several patients match',
  match_sample_id_mismatch_demo: 'Sample ID matches, patient doesn’t',
  match_demo: 'Patient matches, sample ID doesn’t',
  no_match: 'No match',
};

export function reviewReasonText(code: string | null): string {
  return (code !== null && REASONS[code]) || humanize(code);
}
