// Plain JavaScript, and the first import of start.ts: it must load on Nodes that cannot read TypeScript.
// Lambda runs the functions on Node 24, so nothing else may run them here: another version would prove little.
const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found !== needed) {
  console.error(
    `The functions run on Node ${needed}, as on Lambda, but this is Node ${process.versions.node}. ` +
      'Run `npm ci` with optional dependencies allowed (on Linux they bring Node 24 into node_modules/.bin, ' +
      `which npm start uses), or put your own Node ${needed} first on the PATH.`,
  );
  process.exit(1);
}
