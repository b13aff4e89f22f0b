import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { CursorPager, type CursorPagerProps } from './cursor-pager.tsx';

interface Pagers {
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly footer: ReactNode;
}

/** The slots of a full-page list that hold its filter and its pagers: one at the top, and one at the bottom of a long list. */
export function usePagers(items: number, pages: Omit<CursorPagerProps, 'at'>, filter?: ReactNode): Pagers {
  const narrow = useNarrowScreen();
  const top = <CursorPager {...pages} />;
  const footer = items > 10 && (
    <Box float="right">
      <CursorPager {...pages} at="bottom" />
    </Box>
  );
  if (!narrow) return { filter, pagination: top, footer };
  // On a narrow screen Cloudscape renders the pagination of a full-page list twice, and two landmarks with the same
  // name confuse screen readers.
  return {
    filter: (
      <>
        {filter}
        {top}
      </>
    ),
    footer,
  };
}
