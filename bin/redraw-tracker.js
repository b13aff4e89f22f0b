#!/usr/bin/env node
// Plain JavaScript: an older Node fails on TypeScript without saying why.
import './node-version.js';

const { redrawTracker } = await import('./program.ts');
const { runProgram } = await import('../operations/command-line/run.ts');

await runProgram(await redrawTracker(), process.argv.slice(2));
