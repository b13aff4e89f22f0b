import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const STYLES = '/@cloudscape-design/global-styles/index.css';
const FACE = /@font-face\s*\{[^}]*\}/g;
const EMBEDDED = /data:font\/woff2;base64,([A-Za-z0-9+/=]+)/;

/**
 * Cloudscape embeds eight fonts in its styles: nine tenths of them, which every first visit waits for. As files, the browser loads
 * the two or three that a page uses, and shows the text in the meantime.
 */
export function fontsAsFiles(): Plugin {
  let folder: string | undefined;
  return {
    name: 'fonts-as-files',
    apply: 'build',
    // Before Vite's own styles, which give the files their names.
    enforce: 'pre',
    transform(styles, id) {
      if (!id.endsWith(STYLES)) return null;
      const place = mkdtempSync(join(tmpdir(), 'dashboard-fonts-'));
      folder = place;
      return styles.replaceAll(FACE, (face) => {
        const [, font = ''] = EMBEDDED.exec(face) ?? [];
        const [weight, style] = ['weight', 'style'].map(
          (what) => RegExp(`font-${what}: (\\w+)`).exec(face)?.[1],
        );
        const file = join(place, `open-sans-${weight}-${style}.woff2`);
        writeFileSync(file, Buffer.from(font, 'base64'));
        return face.replace(EMBEDDED, file).replace('{', '{ font-display: swap;');
      });
    },
    generateBundle(_, files) {
      const fonts = Object.keys(files).filter((name) => name.endsWith('.woff2'));
      const isEmbedded = Object.values(files).some(
        (file) => file.type === 'asset' && EMBEDDED.test(String(file.source)),
      );
      // A new version of Cloudscape may write its styles in another way.
      if (folder !== undefined && (fonts.length === 0 || isEmbedded))
        this.error('a font is not a file of its own');
    },
    closeBundle() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
