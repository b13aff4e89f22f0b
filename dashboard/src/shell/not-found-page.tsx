import Box from '@cloudscape-design/components/box';
import { PageLink } from '../components/page-link.tsx';
import { usePageTitle } from './page-title.ts';

export function NotFoundPage() {
  usePageTitle('No such page');
  return (
    <Box padding={{ vertical: 'xxl' }} textAlign="center">
      <Box variant="h1">There is no such page</Box>
      <Box variant="p">
        The address may be cut off. <PageLink href="/">Go to the worklist</PageLink>
      </Box>
    </Box>
  );
}
