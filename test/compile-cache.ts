/**
 * Runs before each test file. Node writes the modules that it compiled to dist/compile-cache when its process exits, but the
 * workers are ended without notice.
 */
import module from 'node:module';
import { afterAll } from 'vitest';

afterAll(() => module.flushCompileCache());
