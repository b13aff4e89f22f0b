import { execFileSync } from 'node:child_process';

/** Reserved for examples, so that a link leads nowhere rather than to somebody else. */
export const EXAMPLE_REPOSITORY = 'https://git.example.com/lab/redraw-tracker';

/** The web address of the repository that a checkout came from; undefined if it has no remote `origin`. */
export function originOf(root: string): string | undefined {
  try {
    const url = execFileSync('git', ['remote', 'get-url', 'origin'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return webAddress(url.trim());
  } catch {
    return undefined;
  }
}

/**
 * The web address of a remote: `https://github.com/lab/redraw-tracker` for `git@github.com:lab/redraw-tracker.git`. Without a user
 * name or a token, which must not be published.
 *
 * @returns undefined for a remote that has none, such as a folder
 */
export function webAddress(remote: string): string | undefined {
  const { host, path } =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?(?<host>[^/:]+)(?::\d+)?\/(?<path>.+?)(?:\.git)?\/?$/.exec(remote)
      ?.groups ??
    /^(?:[\w.-]+@)(?<host>[\w.-]+):(?<path>[^/].*?)(?:\.git)?\/?$/.exec(remote)?.groups ??
    {};
  return host && path ? `https://${host}/${path}` : undefined;
}
