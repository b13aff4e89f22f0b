import { mutating } from './settings.ts';

export default mutating('domain', {
  mutate: [
    'core/domain/**/*.ts',
    // Schemas, sentences, and what is told of a rule, whose tests need an engine.
    ...['domain-events', 'rule-sentences', 'explanation'].map(
      (name) => `!core/domain/transaction/${name}.ts`,
    ),
  ],
  atLeast: 95,
});
