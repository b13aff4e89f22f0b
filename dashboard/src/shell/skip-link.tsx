import { CONTENT_ID, focusContent } from '../screen/page-title.ts';

/** The first element of every page, visible when focused. Skips the bar and the navigation. */
export function SkipLink() {
  return (
    <a
      className="skip-to-content"
      href={`#${CONTENT_ID}`}
      onClick={(event) => {
        // The URL identifies the view, not the focus.
        event.preventDefault();
        focusContent();
      }}
    >
      Skip to content
    </a>
  );
}
