import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { keepFocusIn } from '../screen/keep-focus.ts';

type Item = FlashbarProps.MessageDefinition;

export interface Notification {
  readonly type: 'success' | 'error' | 'warning' | 'info';
  readonly header: string;
  readonly text?: string;
  readonly action?: { readonly text: string; readonly run: () => void };
}

interface Notifications {
  readonly items: readonly Item[];
  notify(notice: Notification): void;
}

const NotificationContext = createContext<Notifications>({ items: [], notify: () => undefined });

/** How long a success notification shows (ms). Others stay until they are dismissed. */
const GONE_AFTER_MS = 8_000;
const MOST = 3;

export function NotificationProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<readonly Item[]>([]);
  const notices = useMemo(
    () => ({
      items,
      notify({ type, header, text, action }: Notification) {
        const id = crypto.randomUUID();
        const put = () => {
          setItems((shown) => shown.filter((item) => item.id !== id));
          // The notification may have the focus.
          keepFocusIn(null);
        };
        const item: Item = {
          id,
          type,
          header,
          content: text,
          ariaRole: type === 'error' ? 'alert' : 'status',
          dismissible: true,
          dismissLabel: 'Dismiss message',
          onDismiss: put,
          ...(action && {
            buttonText: action.text,
            onButtonClick: () => {
              put();
              action.run();
            },
          }),
        };
        setItems((shown) => [item, ...shown].slice(0, MOST));
        if (type === 'success') setTimeout(put, GONE_AFTER_MS);
      },
    }),
    [items],
  );
  return <NotificationContext value={notices}>{children}</NotificationContext>;
}

export function useNotify(): Notifications['notify'] {
  return use(NotificationContext).notify;
}

/** Notifications lie over the page, so that they don't move what the user is about to click. */
export function NotificationBar() {
  const { items } = use(NotificationContext);
  return (
    <section className="notices" aria-label="Messages">
      <Flashbar items={[...items]} />
    </section>
  );
}
