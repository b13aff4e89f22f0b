import { useMutationState } from '@tanstack/react-query';
import type { Transaction } from '../api/answers.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';

/** The key of the checks that the user asks for. */
export const checkKey = (id: string) => ['check-with-junction', id] as const;

interface FailedCheck {
  readonly error: unknown;
  /** ms since 1970. */
  readonly submittedAt: number;
}

/**
 * When the user's last check with Junction failed (ms since 1970); null if Junction answered one since. The API keeps only checks
 * that Junction answered, so the page knows this only until it is closed.
 */
export function useFailedCheck({ id, junction_checks }: Transaction): number | null {
  const failed = useMutationState({
    filters: { mutationKey: checkKey(id), status: 'error' },
    select: ({ state }): FailedCheck => state,
  });
  return failedSince(failed, junction_checks[0]?.at ?? null);
}

export function failedSince(failed: readonly FailedCheck[], answeredAt: string | null): number | null {
  const last = failed.filter(({ error }) => isWithoutAnswer(error)).at(-1)?.submittedAt ?? null;
  return last !== null && (answeredAt === null || last > Date.parse(answeredAt)) ? last : null;
}

function isWithoutAnswer(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ApiProblem && error.status >= 500);
}
