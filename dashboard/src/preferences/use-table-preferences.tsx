import Button from '@cloudscape-design/components/button';
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { type ComponentProps, type ReactNode, Suspense, useState } from 'react';
import { lazyPage } from '../screen/lazy-page.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { DEFAULT_PAGE_SIZE, displayOf, shownColumns } from './preferences.ts';
import { usePreferences } from './use-preferences.ts';

interface ListColumn {
  readonly id?: string;
  readonly header?: ReactNode;
}

interface ShownTable<Column> {
  /** The columns that the person wants, in their order. */
  readonly columns: Column[];
  readonly pageSize: number;
  /** The button that opens the preferences. Render it beside the pagination. */
  readonly control: ReactNode;
}

/**
 * A table as the signed-in user likes it: columns, rows per page and density. The first column and columns without a text are always shown.
 *
 * @param name of the table in the preferences
 * @param onPageSize the list has other pages now
 */
export function useTablePreferences<Column extends ListColumn>(
  name: string,
  columns: readonly Column[],
  onPageSize: () => void,
): ShownTable<Column> {
  const [preferences, change] = usePreferences();
  const identified = columns.map((column, at) => ({ id: column.id ?? String(at), column }));
  const { pageSize = DEFAULT_PAGE_SIZE, columns: chosen } = preferences.tables[name] ?? {};
  const confirm: CollectionPreferencesProps['onConfirm'] = ({ detail }) => {
    const { contentDensity: density, contentDisplay = [] } = detail;
    const size = detail.pageSize ?? pageSize;
    const display = contentDisplay.map(({ id, visible }) => ({ id, visible }));
    const tables = { ...preferences.tables, [name]: { pageSize: size, columns: display } };
    change({ ...(density && { density }), tables });
    if (size !== pageSize) onPageSize();
  };
  const control = (
    <LoadedPreferences
      preferences={{
        pageSize,
        contentDensity: preferences.density ?? 'compact',
        contentDisplay: displayOf(identified, chosen),
      }}
      onConfirm={confirm}
      columns={identified.map(({ id, column: { header } }, at) => ({
        id,
        label: typeof header === 'string' ? header : id,
        alwaysVisible: at === 0 || typeof header !== 'string',
      }))}
    />
  );
  const printing = usePrinting();
  // On paper there is nothing to click.
  const shown = shownColumns(identified, chosen).filter(({ id }) => !printing || id !== 'action');
  return { columns: shown.map(({ column }) => column), pageSize, control };
}

const OpenedPreferences = lazyPage(() => import('./opened-preferences.tsx'));

/** The button that opens the preferences. They are loaded when they are first opened: the first view does without them. */
function LoadedPreferences(props: ComponentProps<typeof OpenedPreferences>) {
  const [asked, setAsked] = useState(false);
  const trigger = (
    <Button variant="icon" iconName="settings" ariaLabel="Preferences" onClick={() => setAsked(true)} />
  );
  if (!asked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <OpenedPreferences {...props} />
    </Suspense>
  );
}
