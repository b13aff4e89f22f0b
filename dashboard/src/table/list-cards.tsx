import Button from '@cloudscape-design/components/button';
import type { CardsProps } from '@cloudscape-design/components/cards';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { Cards } from './cards.tsx';

/** A column of a list that is cards on a phone. */
export interface ListColumn<Item> extends TableProps.ColumnDefinition<Item> {
  /** Half the width of a card. */
  readonly half?: boolean;
}

export const ACTION = 'action';

/** Whether a list has a column of actions, which would be off the screen in a table on a phone. */
export function hasActions<Item>(columns: readonly ListColumn<Item>[]): boolean {
  return columns.some(({ id }) => id === ACTION);
}

/**
 * What a card shows of a row. The first column is its header. The actions come next: a card can be longer than the screen.
 */
export function cardOf<Item>([
  first,
  ...rest
]: readonly ListColumn<Item>[]): CardsProps<Item>['cardDefinition'] {
  const actions = rest.filter(({ id }) => id === ACTION);
  const others = rest.filter(({ id }) => id !== ACTION);
  return {
    header: (item) => first?.cell(item),
    sections: [
      ...actions.map(({ id = ACTION, cell }) => ({ id, content: cell })),
      ...others.map(({ id = '', header, cell, half }) => ({
        id,
        header: header as string,
        content: cell,
        width: half ? 50 : 100,
      })),
    ],
  };
}

interface ListCardsProps<Item>
  extends Pick<CardsProps<Item>, 'header' | 'items' | 'trackBy' | 'loading' | 'loadingText' | 'empty'> {
  readonly label: string;
  readonly columns: readonly ListColumn<Item>[];
  readonly filter?: ReactNode;
  readonly footer?: ReactNode;
  /** Turns the list round, as the header of its column does in a table. */
  readonly reverse: () => void;
}

/** A list with actions on a phone. */
export function ListCards<Item>({ label, columns, filter, footer, reverse, ...list }: ListCardsProps<Item>) {
  return (
    <SpaceBetween size="m">
      <Cards
        {...list}
        variant="full-page"
        filter={
          <SpaceBetween size="xs">
            {filter}
            <Button variant="inline-link" onClick={reverse}>
              Reverse the order
            </Button>
          </SpaceBetween>
        }
        cardDefinition={cardOf(columns)}
        ariaLabels={{ itemSelectionLabel: () => '', selectionGroupLabel: '', cardsLabel: label }}
      />
      {footer}
    </SpaceBetween>
  );
}
