import { STAGES } from '../wording/status.ts';

interface StageProgressProps {
  /** The current step; null once the redraw is finished. */
  readonly stage: string | null;
  /** Its due time has passed. */
  readonly overdue: boolean;
  /** Why the sample counts as drawn; null if it isn't, or there is no sign. */
  readonly drawn: string | null;
}

/** The steps of a redraw, and the current one. */
export function StageProgress({ stage, overdue, drawn }: StageProgressProps) {
  const current = stage === null ? STAGES.length : STAGES.findIndex(({ id }) => id === stage);
  return (
    <ol className="stages" aria-label="Redraw steps">
      {STAGES.map(({ id, text }, index) => (
        <li
          key={id}
          className={stageClass(index, current, overdue)}
          {...(index === current && { 'aria-current': 'step' as const })}
        >
          {text}{' '}
          <span className="stage-said">
            {said(index, current)}
            {id === 'awaiting_draw' && index < current && drawn && `: ${drawn}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function said(index: number, current: number): string {
  if (index === current) return 'Current step';
  return index < current ? 'Done' : 'Not started';
}

function stageClass(index: number, current: number, overdue: boolean): string {
  if (index === current) return overdue ? 'stage-current stage-overdue' : 'stage-current';
  return index < current ? 'stage-done' : '';
}
