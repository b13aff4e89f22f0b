import Input from '@cloudscape-design/components/input';
import { Suspense, useState } from 'react';
import { lazyPage } from '../screen/lazy-page.ts';
import type { FilterProps } from './filter.tsx';

const Filter = lazyPage(() => import('./filter.tsx'));

/** The filter, which is loaded when it is first used. */
export function FilterField(props: Omit<FilterProps, 'focused'>) {
  const [used, setUsed] = useState(false);
  const field = (
    <Input
      type="search"
      value=""
      onChange={() => undefined}
      onFocus={() => setUsed(true)}
      autoFocus={used}
      ariaLabel={props.filteringAriaLabel ?? ''}
      placeholder={props.filteringPlaceholder ?? ''}
      disabled={props.disabled ?? false}
    />
  );
  if (!used && props.query.tokens.length === 0) return field;
  return (
    <Suspense fallback={field}>
      <Filter {...props} focused={used} />
    </Suspense>
  );
}
