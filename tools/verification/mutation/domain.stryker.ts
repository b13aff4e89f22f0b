import { mutating } from './settings.ts';

export default mutating('domain', {
  mutate: [
    'core/domain/**/*.ts',
    // Schemas, sentences and the explanation, whose tests need an engine.
    '!core/domain/explanation/**',
    '!core/domain/events/domain-events.ts',
  ],
  atLeast: 95,
});
