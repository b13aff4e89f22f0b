import type { ChangeProblem } from './change-problem.ts';
import type { OrderChange } from './order-change.ts';

/** What every dialog about a change of an order has. */
export interface ChangeDialogProps {
  readonly pending: boolean;
  readonly problem: ChangeProblem | null;
  readonly onConfirm: (change: OrderChange) => void;
  readonly onDismiss: () => void;
}
