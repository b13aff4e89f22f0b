import { CONTENT_ID, focusContent } from './page-title.ts';

/** First on every page, seen once it has the focus: past the bar and the list of pages. */
export function SkipLink() {
  return (
    <a
      className="skip-to-content"
      href={`#${CONTENT_ID}`}
      onClick={(event) => {
        // The address says what is shown, and nothing of where the focus is.
        event.preventDefault();
        focusContent();
      }}
    >
      Skip to content
    </a>
  );
}
