import Box from '@cloudscape-design/components/box';
import Pagination, { type PaginationProps } from '@cloudscape-design/components/pagination';

/** The pages of a list that the page itself divides. Nothing for a single one. */
export function pagesFooter(props: Pick<PaginationProps, 'currentPageIndex' | 'pagesCount' | 'onChange'>) {
  if (props.pagesCount <= 1) return {};
  const footer = (
    <Box float="right">
      <Pagination
        {...props}
        ariaLabels={{
          nextPageLabel: 'Next page',
          previousPageLabel: 'Previous page',
          pageLabel: (number) => `Page ${number}`,
        }}
      />
    </Box>
  );
  return { footer };
}
