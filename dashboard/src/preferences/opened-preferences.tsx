import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import { useEffect, useRef } from 'react';
import { PAGE_SIZES } from './preferences.ts';

/** The preferences of a table with their texts, opened at once: the component opens by its own button only. */
export default function OpenedPreferences({
  columns,
  ...preferences
}: Pick<CollectionPreferencesProps, 'preferences' | 'onConfirm'> & {
  readonly columns: readonly CollectionPreferencesProps.ContentDisplayOption[];
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('button')?.click(), []);
  return (
    <div ref={place}>
      <CollectionPreferences
        {...preferences}
        title="Preferences"
        confirmLabel="Save"
        cancelLabel="Cancel"
        closeAriaLabel="Close preferences"
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
          options: columns,
          dragHandleAriaLabel: 'Drag handle',
          dragHandleAriaDescription:
            'Press Space or Enter to pick it up, the arrow keys to move it, Space or Enter to drop it, Esc to cancel.',
        }}
      />
    </div>
  );
}
