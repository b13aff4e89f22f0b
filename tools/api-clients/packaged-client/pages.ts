/**
 * The pages of a list, each requested once the one before was used.
 *
 * @param request requests a page, with the parameter that continues the list
 */
export async function* pages<Page extends { readonly next_cursor: string | null }>(
  request: (next: { cursor?: string }) => Promise<{ readonly data: Page }>,
): AsyncGenerator<Page> {
  let next: { cursor?: string } | undefined = {};
  while (next) {
    const { data }: { readonly data: Page } = await request(next);
    yield data;
    next = data.next_cursor === null ? undefined : { cursor: data.next_cursor };
  }
}
