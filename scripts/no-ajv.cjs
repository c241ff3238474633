/** Stands for ajv and ajv-formats in the server's bundle, where they would be set up and never asked. */
module.exports = function noAjv() {
  return {
    compile() {
      throw new Error('this bundle has no ajv');
    },
  };
};
