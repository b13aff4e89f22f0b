import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { focusContent } from '../screen/page-title.ts';
import type { ListCursor } from './use-cursor.ts';

export interface CursorPagerProps {
  readonly place: ListCursor;
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  readonly loading: boolean;
  /** A long list has a second pager at the bottom. */
  readonly at?: 'top' | 'bottom';
}

/** Next, previous and first page of a list. Nothing for a single page. */
export function CursorPager({
  place: { cursor, page, next: goOn, first, previous },
  next,
  loading,
  at = 'top',
}: CursorPagerProps) {
  if (cursor === undefined && next === null) return null;
  const text = page === null ? 'Page' : `Page ${page}`;
  return (
    <nav aria-label={at === 'top' ? 'List pages' : 'List pages, bottom'}>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        {cursor !== undefined && <Button onClick={first}>First page</Button>}
        <Button
          iconName="angle-left"
          variant="icon"
          ariaLabel="Previous page"
          disabled={!previous}
          disabledReason={
            cursor === undefined
              ? 'You’re on the first page.'
              : 'You opened this page from a link. Choose First page to start from the beginning.'
          }
          onClick={() => previous?.()}
        />
        <Box variant="span" color="text-body-secondary">
          {at === 'top' ? <LiveRegion tagName="span">{text}</LiveRegion> : text}
        </Box>
        <Button
          iconName="angle-right"
          variant="icon"
          ariaLabel="Next page"
          loading={loading}
          disabled={next === null}
          disabledReason="This is the last page."
          onClick={() => {
            if (next === null) return;
            goOn(next);
            // The next page starts at the top.
            if (at === 'bottom') focusContent();
          }}
        />
      </SpaceBetween>
    </nav>
  );
}
