/** Generates clients from the OpenAPI document, compiles them, and calls the local stack with them. README.md describes it. */
import { startStack } from '../../test/stack-process.ts';
import { runDocumentedClient } from './documented-client.ts';
import { GENERATORS, generateClients } from './generators.ts';
import { compileCalls, judgeDocument } from './judges.ts';
import { callAll } from './sample-calls.ts';

await judgeDocument();
console.log('Spectral has no warning.');
await generateClients();
await compileCalls();
console.log(`${GENERATORS.join(', ')}: generated and compiled.`);
const stack = await startStack({ environment: { ORDERING: 'on' } });
try {
  await callAll(stack.url);
  console.log('All clients saw the same, and what was expected.');
  await runDocumentedClient(stack.url);
  console.log('The packaged client does what docs/client.md says.');
} finally {
  await stack.stop();
}
