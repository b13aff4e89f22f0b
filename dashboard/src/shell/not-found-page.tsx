import Box from '@cloudscape-design/components/box';
import { PageLink } from '../components/page-link.tsx';
import { usePageTitle } from '../screen/page-title.ts';

export function NotFoundPage() {
  usePageTitle('Page not found');
  return (
    <Box padding={{ vertical: 'xxl' }} textAlign="center">
      <Box variant="h1">Page not found</Box>
      <Box variant="p">
        Check the address, or <PageLink href="/">go to the worklist</PageLink>
      </Box>
    </Box>
  );
}
