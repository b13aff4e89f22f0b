import Button from '@cloudscape-design/components/button';
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { DEFAULT_PAGE_SIZE, displayOf, PAGE_SIZES, shownColumns } from './preferences.ts';
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
 * A table as the signed-in user likes it: columns, rows per page and density. The first column and those without a text stay.
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
      title="Preferences"
      confirmLabel="Save"
      cancelLabel="Cancel"
      closeAriaLabel="Close preferences"
      preferences={{
        pageSize,
        contentDensity: preferences.density ?? 'compact',
        contentDisplay: displayOf(identified, chosen),
      }}
      onConfirm={confirm}
      pageSizePreference={{
        title: 'Rows per page',
        options: PAGE_SIZES.map((value) => ({ value, label: `${value} rows` })),
      }}
      contentDensityPreference={{
        label: 'Compact',
        description: 'Shows more rows. Applies to all pages.',
      }}
      contentDisplayPreference={{
        title: 'Columns',
        description: 'Choose the columns and drag them into the order you want.',
        options: identified.map(({ id, column: { header } }, at) => ({
          id,
          label: typeof header === 'string' ? header : id,
          alwaysVisible: at === 0 || typeof header !== 'string',
        })),
        dragHandleAriaLabel: 'Drag handle',
        dragHandleAriaDescription:
          'Press Space or Enter to pick it up, the arrow keys to move it, Space or Enter to drop it, Esc to cancel.',
      }}
    />
  );
  return { columns: shownColumns(identified, chosen).map(({ column }) => column), pageSize, control };
}

const CollectionPreferences = lazy(() => import('@cloudscape-design/components/collection-preferences'));

/** Cloudscape's preferences, loaded when they are first opened: the first view does without them. */
function LoadedPreferences(props: CollectionPreferencesProps) {
  const [asked, setAsked] = useState(false);
  const trigger = (
    <Button variant="icon" iconName="settings" ariaLabel="Preferences" onClick={() => setAsked(true)} />
  );
  if (!asked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <OpenPreferences {...props} />
    </Suspense>
  );
}

/** The component opens by its own button only. */
function OpenPreferences(props: CollectionPreferencesProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('button')?.click(), []);
  return (
    <div ref={place}>
      <CollectionPreferences {...props} />
    </div>
  );
}
