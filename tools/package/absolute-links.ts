import { posix } from 'node:path';

/**
 * Makes the links of a page lead to the repository, because the package has none of the files.
 *
 * @param page the path of the page in the repository
 * @param repository its web address
 */
export function withAbsoluteLinks(markdown: string, page: string, repository: string): string {
  return markdown.replaceAll(
    /\]\((?!https?:|#)([^)\s#]+)(#[^)\s]*)?\)/g,
    (_, path: string, fragment = '') => {
      const target = posix.join(posix.dirname(page), path);
      return `](${repository}/blob/HEAD/${target}${fragment})`;
    },
  );
}
