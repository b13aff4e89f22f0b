/**
 * The functions without the clients of the SDK. Modules without state are loaded once for all of them. A handler and every
 * module with state run from their first lines at each cold start. The rest is warm by then, so a history takes less than
 * a tenth of the time of one with the deployed bundles.
 */
import { dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundling } from '../../../lib/bundling/function-bundles.ts';
import { type Bundle, type Bundles, type Change, type Exports, forEach } from './bundles.ts';
import { SDK_WITHOUT_CLIENTS } from './surroundings/clients.ts';
import { compiled } from './surroundings/surroundings.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const options = { ...bundling, absWorkingDir: repository, external: ['@aws-sdk/*'] };

/** The modules of functions, and the shared ones with state. Each instance has its own. */
const HOLD_SOMETHING =
  /\/(?:functions\/[\w-]+\/[\w-]+|core\/telemetry\/(?:metrics|damaged-items)|core\/environment\/projection)\.ts$/;
const SHARED_PACKAGES = /^zod\b/;

const leaveOutWhatHoldsNothing: Plugin = {
  name: 'leave-out-what-holds-nothing',
  setup({ onResolve }) {
    onResolve({ filter: /^\.|^zod\b/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || importer.includes('/node_modules/')) return undefined;
      const place = SHARED_PACKAGES.test(path) ? path : join(dirname(importer), path);
      return HOLD_SOMETHING.test(place) ? undefined : { path: place, external: true };
    });
  },
};

/** The source that all functions share, and the source of each. */
interface Sources {
  readonly shared: string;
  readonly own: string;
}

/** @param deployed the functions whose environments and time limits are used */
export async function handlersAlone(deployed: Bundles): Promise<Bundles> {
  const entryPoints = Object.keys(deployed).map((name) => `functions/${name}/handler.ts`);
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints,
    outdir: '.',
    plugins: [leaveOutWhatHoldsNothing],
  });
  const held = Object.keys(metafile.inputs);
  // A module that moved would be shared without notice.
  for (const place of [...entryPoints, 'core/telemetry/metrics.ts']) {
    if (!held.includes(place)) throw new Error(`the state of ${place} would be shared by all instances`);
  }
  const shared = await sharedBy(metafile);
  const library = compiled<Library>(shared, 'shared', SDK_WITHOUT_CLIENTS)();
  return forEach((name) => {
    const own = outputFiles.find(({ path }) => path.endsWith(join(name, 'handler.js')))?.text ?? '';
    return alone(deployed[name], { shared, own }, library);
  });
}

/** Modules by path. */
type Library = Readonly<Record<string, object>>;

async function sharedBy({ outputs }: Metafile): Promise<string> {
  const imports = Object.values(outputs).flatMap((output) => output.imports.map(({ path }) => path));
  const places = [...new Set(imports)].filter((path) => path.startsWith('/') || SHARED_PACKAGES.test(path));
  const contents = places.map(
    (place) => `exports[${JSON.stringify(place)}] = require(${JSON.stringify(place)});`,
  );
  const stdin = { contents: contents.join('\n'), resolveDir: repository };
  const { outputFiles, metafile } = await build({ ...options, stdin });
  const strayed = Object.keys(metafile.inputs).find((path) => HOLD_SOMETHING.test(`/${path}`));
  if (strayed) throw new Error(`the module ${strayed} has state, and other modules than handlers use it`);
  return outputFiles[0]?.text ?? '';
}

function alone(deployed: Bundle, { shared, own }: Sources, library: Library): Bundle {
  const run = compiled<Exports>(own, 'handler', { ...SDK_WITHOUT_CLIENTS, ...library });
  return {
    ...deployed,
    start: () => run().handler,
    changed(change: Change) {
      const other = { shared: change(shared), own: change(own) };
      if (other.shared === shared && other.own === own) throw new Error('nothing was changed');
      return alone(deployed, other, compiled<Library>(other.shared, 'shared', SDK_WITHOUT_CLIENTS)());
    },
  };
}
