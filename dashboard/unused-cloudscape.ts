import type { Plugin } from 'vite';

/**
 * Parts of Cloudscape that the dashboard never renders, with their exports. The app layout imports them statically, and with
 * them drag and drop, a message parser and file inputs: a tenth of the script of the first view.
 */
const NEVER_RENDERED: Readonly<Record<string, readonly string[]>> = {
  // Drawers: the dashboard passes none to the layout.
  'app-layout/visual-refresh-toolbar/drawer/global-drawer.js': ['default'],
  'app-layout/visual-refresh-toolbar/drawer/global-ai-drawer.js': ['AppLayoutGlobalAiDrawerImplementation'],
  'app-layout/visual-refresh-toolbar/drawer/global-bottom-drawer.js': [
    'default',
    'AppLayoutBottomDrawerWrapper',
  ],
  // Feature notifications: only a plugin of the AWS console adds them.
  'app-layout/visual-refresh-toolbar/drawer/feature-notifications-drawer-content.js': [
    'default',
    'RuntimeContentPart',
  ],
  // Cloudscape's error boundary: the dashboard has its own.
  'error-boundary/fallback.js': ['ErrorBoundaryFallback'],
};

/** Replaces these parts by components that render nothing. Fails if a new version of Cloudscape moves one of them. */
export function leaveOut(): Plugin {
  const missing = new Set(Object.keys(NEVER_RENDERED));
  return {
    name: 'leave-out',
    apply: 'build',
    load(id) {
      const [, path = ''] = id.split('/@cloudscape-design/components/');
      const names = NEVER_RENDERED[path];
      if (names === undefined) return null;
      missing.delete(path);
      return ['const Nothing = () => null;', ...names.map((name) => `export { Nothing as ${name} };`)].join(
        '\n',
      );
    },
    buildEnd(error) {
      if (!error && missing.size > 0) this.error(`Cloudscape has no ${[...missing].join(', ')}`);
    },
  };
}
