import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { focusContent } from '../shell/page-title.ts';

type Item = FlashbarProps.MessageDefinition;

export interface Notice {
  readonly type: 'success' | 'error' | 'warning' | 'info';
  readonly header: string;
  readonly text?: string;
  readonly action?: { readonly text: string; readonly run: () => void };
}

interface Notices {
  readonly items: readonly Item[];
  notify(notice: Notice): void;
}

const NoticeContext = createContext<Notices>({ items: [], notify: () => undefined });

/** A success has been read by then (ms); what went wrong stays until it is put away. */
const GONE_AFTER_MS = 8_000;
const MOST = 3;

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<readonly Item[]>([]);
  const notices = useMemo(
    () => ({
      items,
      notify({ type, header, text, action }: Notice) {
        const id = crypto.randomUUID();
        const put = () => {
          setItems((shown) => shown.filter((item) => item.id !== id));
          setTimeout(keepFocus);
        };
        const item: Item = {
          id,
          type,
          header,
          content: text,
          ariaRole: type === 'error' ? 'alert' : 'status',
          dismissible: true,
          dismissLabel: 'Close this message',
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
  return <NoticeContext value={notices}>{children}</NoticeContext>;
}

/** The message that goes may have had it. */
function keepFocus(): void {
  if (document.activeElement === document.body) focusContent();
}

export function useNotify(): Notices['notify'] {
  return use(NoticeContext).notify;
}

/** What there is to say about what was just done, over the page: nothing on it moves away under the reader's hand. */
export function NoticeBar() {
  const { items } = use(NoticeContext);
  return (
    <section className="notices" aria-label="Messages">
      <Flashbar items={[...items]} />
    </section>
  );
}
