// Plain JavaScript, loaded before anything else of what npm's scripts and cdk.json run: Nodes that cannot read TypeScript
// would only say so. Lambda runs the functions on Node 24: to run or to bundle them on another would prove little.
const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found !== needed) {
  console.error(
    `The functions run on Node ${needed}, as on Lambda, but this is Node ${process.versions.node}. ` +
      'Run `npm ci` with optional dependencies allowed (on Linux they bring Node 24 into node_modules/.bin, ' +
      `which npm and npx use), or put your own Node ${needed} first on the PATH.`,
  );
  process.exit(1);
}
