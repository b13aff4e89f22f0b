import type { InitialClass, RedrawClass } from '../members/truth-table.ts';

/** The sentence for each cell of the truth table (docs/state-model.md, Truth table). */
const SENTENCES: Readonly<Record<InitialClass, Partial<Record<RedrawClass, string>>>> = {
  P: {
    none: 'The initial order is in progress and there is no redraw.',
    P: 'The initial order and a redraw are both in progress, although no redraw was made available for the initial order.',
    C: 'The redraw has completed, and its results count, although the initial order still shows as in progress.',
    X: 'The redraw was cancelled, but the initial order is in progress, so the transaction remains active.',
    F: 'The redraw has failed, but the initial order is in progress, so the transaction remains active.',
    R: 'The initial order is in progress. The redraw itself is redraw_available, but Junction never offers a second redraw.',
  },
  C: {
    none: 'The initial order has completed and no redraw was made available.',
    P: 'The initial order has completed, but a redraw is in progress, so more results are expected.',
    C: 'The initial order and its redraw have both completed.',
    X: 'The initial order has completed; its redraw was cancelled, so no further results are expected.',
    F: 'The initial order has completed; its redraw has failed, so no further results are expected.',
    R: 'The initial order has completed; the redraw asks for another redraw, which Junction never offers.',
    single_order:
      'The initial order was redrawn under its own ID and has completed without a redraw order. This is a single-order redraw.',
  },
  R: {
    none: 'A redraw is available for the initial order, and its redraw order has not arrived yet.',
    P: 'A redraw was made available for the initial order, and the redraw order is in progress.',
    C: 'A redraw was made available for the initial order, and the redraw order has completed.',
    X: 'The redraw order was cancelled: only the results of the initial order remain.',
    F: 'The redraw order has failed: only the results of the initial order remain.',
    R: 'The redraw order asks for another redraw, which Junction never offers: there is one per transaction.',
  },
  X: {
    none: 'The initial order was cancelled and there is no redraw.',
    P: 'The initial order was cancelled, but a redraw is in progress, so more results are expected.',
    C: 'The initial order was cancelled, but a redraw has completed, and its results count.',
    X: 'The initial order and the redraw were both cancelled.',
    F: 'The initial order was cancelled and the redraw has failed: no further results are expected.',
    R: 'The initial order was cancelled; the redraw asks for another redraw, which Junction never offers.',
  },
  F: {
    none: 'The initial order has failed and no redraw was made available: no further results are expected.',
    P: 'The initial order has failed, but a redraw is in progress, so more results are expected.',
    C: 'The initial order has failed, but a redraw has completed, and its results count.',
    X: 'The initial order has failed and the redraw was cancelled: no further results are expected.',
    F: 'The initial order and the redraw have both failed: no further results are expected.',
    R: 'The initial order has failed; the redraw asks for another redraw, which Junction never offers.',
  },
  unseen: {
    P: 'Nothing is known about the initial order yet; the redraw is in progress.',
    C: 'Nothing is known of the initial order yet; the redraw has completed.',
    X: 'Nothing is known of the initial order yet; the redraw was cancelled, so no further results are expected.',
    F: 'Nothing is known of the initial order yet; the redraw has failed, so no further results are expected.',
    R: 'Nothing is known of the initial order yet; the redraw asks for another one, which Junction never offers.',
  },
};

/** The sentence for the classes of the two slots. */
export function ruleSentence(initial: InitialClass, redraw: RedrawClass): string {
  return SENTENCES[initial][redraw] ?? '';
}
