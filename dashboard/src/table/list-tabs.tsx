interface ListTabsProps<Id extends string> {
  readonly tabs: readonly { readonly id: Id; readonly text: string }[];
  readonly tab: Id;
  readonly choose: (tab: Id) => void;
  /** Null while the rows are not there. */
  readonly countOf: (tab: Id) => number | null;
}

/** The lists that a page has, each with its number of rows. */
export function ListTabs<Id extends string>({ tabs, tab, choose, countOf }: ListTabsProps<Id>) {
  return (
    <nav aria-label="Lists" className="worklist-tabs">
      {tabs.map(({ id, text }) => (
        <button
          key={id}
          type="button"
          aria-current={id === tab ? 'page' : undefined}
          onClick={() => choose(id)}
        >
          {text} <span className="count">{countOf(id) ?? '…'}</span>
        </button>
      ))}
    </nav>
  );
}
