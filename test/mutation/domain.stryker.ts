import { mutating } from './settings.ts';

export default mutating('domain', {
  mutate: [
    'functions/domain/**/*.ts',
    // Schemas, sentences, and what is told of a rule, whose tests need an engine.
    ...['domain-events', 'rule-sentences', 'explanation'].map((name) => `!functions/domain/${name}.ts`),
  ],
  atLeast: 95,
});
