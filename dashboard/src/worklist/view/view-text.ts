import { dayText, isDay } from '../../time/day.ts';
import { REACHES } from '../../wording/messages.ts';
import { labText, modalityText, stageText } from '../../wording/status.ts';
import { AGE_GROUPS } from '../overview/age-groups.ts';
import { DUE_STATUSES, type WorklistView } from './view.ts';

/** Which view it is, for paper: "View: Mondays · Due: Overdue · Lab: Quest"; empty for the whole worklist. */
export function viewText(view: WorklistView): string {
  const { name, text, due, stages, test, lab, modality, expectedBy, owner, acknowledged, reach, age } = view;
  const chosen: readonly (readonly [string, string | false | null | undefined])[] = [
    ['View', name],
    ['Search', text.trim()],
    ['Shown', view.decisions && 'needs a decision'],
    ['Due', DUE_STATUSES.find(({ id }) => id === due)?.text],
    ['Waiting on', stages.map(stageText).join(', ')],
    ['Test', test],
    ['Lab', lab && labText(lab)],
    ['Modality', modality && modalityText(modality)],
    ['Results expected by', expectedBy && isDay(expectedBy) && dayText(expectedBy)],
    ['Owner', owner === 'none' ? 'Unassigned' : owner === 'me' ? 'You' : owner],
    ['Acknowledged', acknowledged === null ? null : acknowledged ? 'Yes' : 'No'],
    ['Patient', REACHES.find(({ id }) => id === reach)?.text],
    ['Open for', AGE_GROUPS.find(({ id }) => id === age)?.text],
    ['Follow-up', view.followUp],
  ];
  return chosen.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join(' · ');
}
