import Input from '@cloudscape-design/components/input';
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { usePerson, useSession } from '../session/session-context.tsx';
import { type Appearance, useAppearance } from './appearance.ts';

const APPEARANCES: readonly { id: Appearance; text: string }[] = [
  { id: 'system', text: 'System default' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
];

export function TopBar({ help }: { help: () => void }) {
  const session = useSession();
  const { name } = usePerson();
  const [appearance, choose] = useAppearance();
  const [, navigate] = useLocation();
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'menu-dropdown',
      iconName: 'settings',
      ariaLabel: 'Appearance',
      title: 'Appearance',
      items: APPEARANCES.map(({ id, text }) => ({
        id,
        text,
        itemType: 'checkbox' as const,
        checked: id === appearance,
      })),
      onItemClick: ({ detail }) => choose(detail.id as Appearance),
    },
    {
      type: 'menu-dropdown',
      iconName: 'user-profile',
      text: name,
      description: `redraw-tracker ${import.meta.env.VERSION}`,
      items: [
        { id: 'keys', text: 'Keyboard shortcuts' },
        { id: 'sign-out', text: 'Sign out' },
      ],
      onItemClick: ({ detail }) => (detail.id === 'keys' ? help() : void session.signOut()),
    },
  ];
  const goHome = (event: Event | CustomEvent) => {
    event.preventDefault();
    navigate('/');
  };
  return (
    <div id="shell-bar">
      <TopNavigation
        identity={{
          href: '/',
          title: 'Redraws',
          logo: { src: '/icon.svg', alt: 'Home:' },
          onFollow: goHome,
        }}
        search={<Search />}
        utilities={utilities}
        i18nStrings={{
          searchIconAriaLabel: 'Search',
          searchDismissIconAriaLabel: 'Close search',
          overflowMenuTriggerText: 'More',
          overflowMenuTitleText: 'All',
          overflowMenuBackIconAriaLabel: 'Back',
          overflowMenuDismissIconAriaLabel: 'Close',
        }}
      />
    </div>
  );
}

/** Shows the query on the search page; empty elsewhere. */
function Search() {
  const [page] = useLocation();
  const [asked] = useSearchParams();
  const searchedId = page === '/search' ? (asked.get('q') ?? '') : '';
  return <SearchField key={searchedId} searchedId={searchedId} />;
}

function SearchField({ searchedId }: { searchedId: string }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState(searchedId);
  const search = () => {
    const q = text.trim();
    if (q) navigate(`/search?${new URLSearchParams({ q })}`);
  };
  return (
    <Input
      type="search"
      value={text}
      onChange={({ detail }) => setText(detail.value)}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') search();
      }}
      placeholder="Search by order, transaction or user ID"
      ariaLabel="Search by order, transaction or user ID"
      clearAriaLabel="Clear"
    />
  );
}
