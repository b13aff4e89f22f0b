import * as z from 'zod/mini';

/** Whether Junction documents the rule that decided, it is our judgement, or Junction's reported status decided. */
export const ruleSource = z.enum(['documented', 'judgement', 'reported']);
