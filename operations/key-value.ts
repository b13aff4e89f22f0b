import * as z from 'zod';

/** The value of an option like `--deployed <stack>=<file>`, as key and value. The value can contain `=` too. */
export const keyValue = z
  .string()
  .includes('=', { error: 'must be <key>=<value>.' })
  .transform((text) => {
    const end = text.indexOf('=');
    return [text.slice(0, end), text.slice(end + 1)] as const;
  });
