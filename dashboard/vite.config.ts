import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from '../package.json' with { type: 'json' };
import { fontsAsFiles } from './fonts-as-files.ts';
import { leaveOut } from './unused-cloudscape.ts';

/** Where `npm start` serves the API and the sign-in that the development server passes on to. */
const stack = process.env.STACK ?? 'http://127.0.0.1:8787';
const passedOn = [
  '/v1',
  '/config.json',
  '/message-previews.json',
  '/openapi.json',
  '/oauth2',
  '/.well-known',
  '/logout',
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), fontsAsFiles(), leaveOut()],
  define: { 'import.meta.env.VERSION': JSON.stringify(manifest.version) },
  // The host is left as it is: the stack says to sign in where the page was asked for.
  server: {
    proxy: Object.fromEntries(passedOn.map((path) => [path, { target: stack, changeOrigin: false }])),
  },
  build: {
    target: 'es2023',
    // The first versions that know light-dark(): built for older browsers, it would follow the system's color scheme instead of the page's.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // File names stay readable; nothing is inlined, so the content security policy needs no exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      onwarn: quietAboutDirectives,
      // Many tiny files that several pages share compress badly.
      output: { codeSplitting: { groups: [{ name: 'shared', test: /dashboard\/src\//, minShareCount: 3 }] } },
    },
  },
});

/** React's "use client" has no meaning without a server. */
function quietAboutDirectives(warning: { code?: string }, warn: (warning: never) => void): void {
  if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning as never);
}
