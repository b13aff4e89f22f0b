import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import type { Notification } from '../alerts/notifications.tsx';
import { useApi } from '../api/api-context.tsx';
import { openPdf } from './open-pdf.ts';
import { resultsError } from './results-error.ts';

interface PdfButtonProps {
  /** The PDF's path in the API. */
  readonly path: string;
  /** What the PDF is about, for screen readers. */
  readonly name: string;
  readonly variant: ButtonProps.Variant;
  /** Reports a failure. */
  readonly notify: (notification: Notification) => void;
}

/** Fetches a PDF and opens it in a new tab. This tab keeps nothing of it. */
export function usePdf({ path, name, notify }: Omit<PdfButtonProps, 'variant'>) {
  const api = useApi();
  const request = useRef<AbortController>(null);
  const [loading, setLoading] = useState(false);
  useEffect(() => () => request.current?.abort(), []);
  const open = async () => {
    request.current = new AbortController();
    const { signal } = request.current;
    setLoading(true);
    try {
      const pdf = await api.blob(path, { signal });
      if (signal.aborted) return;
      if (!openPdf(pdf, titleOf(name))) notify(blocked(pdf, name));
    } catch (error) {
      if (!signal.aborted) notify(failed(error as Error));
    } finally {
      if (!signal.aborted) setLoading(false);
    }
  };
  return { open: () => void open(), loading };
}

export function PdfButton({ variant, ...pdf }: PdfButtonProps) {
  const { open, loading } = usePdf(pdf);
  return (
    <Button
      variant={variant}
      loading={loading}
      loadingText="Getting the PDF"
      ariaLabel={`PDF for ${pdf.name}, opens in a new tab`}
      onClick={open}
    >
      PDF
    </Button>
  );
}

function failed(error: Error): Notification {
  const { header, text, againAfter } = resultsError(error);
  const type = againAfter === null ? 'warning' : 'error';
  return { type, header, text: againAfter ? `${text} Try again in ${againAfter} seconds.` : text };
}

/** The title of the tab, for results and for "the requisition of order 0bde0000…". */
function titleOf(name: string): string {
  const title = name.startsWith('the ') ? name.replace(/^the r/, 'R') : `Results for ${name}`;
  return title.replace(/…$/, '');
}

function blocked(pdf: Blob, name: string): Notification {
  return {
    type: 'info',
    header: 'The PDF is ready',
    text: 'Your browser blocked the new tab.',
    action: { text: 'Open PDF', run: () => openPdf(pdf, titleOf(name)) },
  };
}
