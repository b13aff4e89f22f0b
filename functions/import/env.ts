import { junctionVariables } from '../../core/environment/junction.ts';
import { watchingVariables } from '../../core/environment/watching.ts';
import { atLeast, object } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  ...junctionVariables,
  ...watchingVariables,
});
