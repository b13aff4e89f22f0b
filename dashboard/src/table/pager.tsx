import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Place } from './place.ts';

interface PagerProps {
  readonly place: Place;
  /** The cursor of the page after this one; null at the end. */
  readonly next: string | null;
  readonly loading: boolean;
}

/** On, back and to the start of a list, newest first. Nothing where all of it is on one page. */
export function Pager({ place: { cursor, page, next: goOn, first, previous }, next, loading }: PagerProps) {
  if (cursor === undefined && next === null) return null;
  return (
    <nav aria-label="Pages of the list">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        {cursor !== undefined && <Button onClick={first}>Newest</Button>}
        <Button
          iconName="angle-left"
          variant="icon"
          ariaLabel="Previous page"
          disabled={!previous}
          disabledReason={
            cursor === undefined
              ? 'These are the newest ones.'
              : 'You came here by a link: start from the newest ones.'
          }
          onClick={() => previous?.()}
        />
        <Box variant="span" color="text-body-secondary">
          {page === null ? 'Further on' : `Page ${page}`}
        </Box>
        <Button
          iconName="angle-right"
          variant="icon"
          ariaLabel="Next page"
          loading={loading}
          disabled={next === null}
          disabledReason="This is the last page."
          onClick={() => {
            if (next !== null) goOn(next);
          }}
        />
      </SpaceBetween>
    </nav>
  );
}
