import type { CardsProps } from '@cloudscape-design/components/cards';
import { type ReactNode, Suspense } from 'react';
import { PageLoading } from '../components/page-loading.tsx';
import { lazyPage } from '../screen/lazy-page.ts';

const LoadedCards = lazyPage<CardsProps>(() => import('@cloudscape-design/components/cards'));

/** Cloudscape's cards, which only narrow screens load. */
export function Cards<Item>(props: CardsProps<Item>): ReactNode {
  return (
    <Suspense fallback={<PageLoading />}>
      <LoadedCards {...(props as CardsProps)} />
    </Suspense>
  );
}
