import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lack } from '../lacking.ts';
import type { Emulator, Template } from './template.ts';

const TEMPLATE = '.template.json';
const CODE = 'index.py';

/** The templates of a synthesized app. */
export function templatesIn(assembly: string): Template[] {
  const names = readdirSync(assembly).filter((name) => name.endsWith(TEMPLATE));
  return names.map((name) => JSON.parse(readFileSync(join(assembly, name), 'utf8')));
}

/** Copies a synthesized app, changed so that the emulator can deploy it. @returns the entries that changed something */
export function adaptAssembly(
  from: string,
  to: string,
  lacking: readonly Lack[],
  emulator: Emulator,
): ReadonlySet<Lack> {
  cpSync(from, to, { recursive: true });
  const adaptation = new Adaptation(lacking, emulator);
  // The CLI skips uploads whose name is in the bucket, so changed content needs another name.
  const renamed = new Map<string, string>();
  for (const name of readdirSync(to)) {
    const { before, after } = contentOf(to, name, adaptation);
    if (after === before) continue;
    if (name.endsWith(TEMPLATE)) renamed.set(digest(before), digest(after));
    else {
      const [, asset = ''] = name.split('.');
      renamed.set(asset, digest(asset + after));
      renameSync(join(to, name), join(to, name.replace(asset, digest(asset + after))));
    }
  }
  for (const name of readdirSync(to).filter((one) => one.endsWith('.json'))) {
    changeFile(join(to, name), (text) =>
      [...renamed].reduce((changed, [before, after]) => changed.replaceAll(before, after), text),
    );
  }
  return adaptation.used;
}

/** The content of a template, or of the code of a function in Python, before and after it was changed. */
function contentOf(folder: string, name: string, adaptation: Adaptation): Changed {
  if (name.endsWith(TEMPLATE)) return changeFile(join(folder, name), (text) => adaptation.template(text));
  const code = join(folder, name, CODE);
  if (existsSync(code)) return changeFile(code, (text) => adaptation.code(text));
  return { before: '', after: '' };
}

interface Changed {
  readonly before: string;
  readonly after: string;
}

function changeFile(file: string, change: (text: string) => string): Changed {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after !== before) writeFileSync(file, after);
  return { before, after };
}

/** Applies the list, and notes which entries were needed. */
export class Adaptation {
  readonly used = new Set<Lack>();
  readonly #lacking: readonly Lack[];
  readonly #emulator: Emulator;

  constructor(lacking: readonly Lack[], emulator: Emulator) {
    this.#lacking = lacking;
    this.#emulator = emulator;
  }

  template(text: string): string {
    const before = JSON.parse(text) as Template;
    const after = this.#reduce(before, (template, lack) => lack.template?.(template, this.#emulator));
    return after === before ? text : JSON.stringify(after, null, 1);
  }

  code(text: string): string {
    return this.#reduce(text, (source, lack) => lack.code?.(source));
  }

  #reduce<Value>(original: Value, change: (value: Value, lack: Lack) => Value | undefined): Value {
    return this.#lacking.reduce((value, lack) => {
      const changed = change(value, lack) ?? value;
      if (changed !== value) this.used.add(lack);
      return changed;
    }, original);
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
