/** Stands for ajv and ajv-formats in the server's bundle, where they would be set up and never asked. */
function noAjv() {
  return {
    compile() {
      throw new Error('this bundle has no ajv');
    },
  };
}

// biome-ignore lint/style/noDefaultExport: the SDK imports it so
export { noAjv as default };
