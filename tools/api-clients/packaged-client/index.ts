/** What `redraw-tracker/client` exports: docs/client.md. */
export * from '../generated/hey-api/index.js';
export { type Connection, connect } from './connect.js';
export { pages } from './pages.js';
