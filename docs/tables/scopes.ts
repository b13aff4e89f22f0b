import { groupsWith } from '../../core/http/groups.ts';
import { SCOPES } from '../../core/http/scopes.ts';
import { table } from './marked-parts.ts';

const scopes = Object.entries(SCOPES);

/** The table of the scopes in api.md. */
export function scopesTable(): string {
  return table(
    ['Scope', 'Allows to'],
    scopes.map(([scope, means]) => [`\`${scope}\``, lowerCase(means)]),
  );
}

/** The table in security.md, with the people who have a scope. */
export function accessTable(): string {
  return table(
    ['Scope', 'Allows to', 'Groups of people that have it'],
    scopes.map(([scope, means]) => [
      `\`${scope}\``,
      lowerCase(means),
      groupsWith(scope)
        .map((group) => `\`${group}\``)
        .join(', ') || 'none: programs only',
    ]),
  );
}

const lowerCase = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
