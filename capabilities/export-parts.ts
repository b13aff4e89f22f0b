import type { Shapes } from '../core/api/export/shapes.ts';

/**
 * The export.ts of each of these capabilities. Where a function is bundled, the bundle has that of every capability.
 *
 * @throws {Error} if one has none
 */
export function exportParts(names: readonly string[]): Promise<Shapes[]> {
  return Promise.all(
    names.map(async (name) => {
      const { shapes }: { shapes: Shapes } = await import(`./${name}/export.ts`);
      return shapes;
    }),
  );
}
