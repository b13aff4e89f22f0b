/** The export of the package that is the client, as package.json declares it. */
export const clientExport = {
  types: './client/packaged-client/index.d.ts',
  default: './client/index.js',
};
