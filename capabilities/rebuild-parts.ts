import type { RebuildPart } from '../core/use-cases/rebuild/rebuild-part.ts';

/**
 * The rebuild.ts of each of these capabilities. Where a function is bundled, the bundle has that of every capability.
 *
 * @throws {Error} if one has none
 */
export function rebuildParts(names: readonly string[]): Promise<RebuildPart[]> {
  return Promise.all(
    names.map(async (name) => {
      const { rebuildPart }: { rebuildPart: RebuildPart } = await import(`./${name}/rebuild.ts`);
      return rebuildPart;
    }),
  );
}
