/** The part of picomatch 4 that the tests use; it ships no types. */
declare module 'picomatch' {
  function picomatch(
    pattern: string,
    options: { readonly dot: boolean; readonly nocase: boolean; readonly posix: boolean },
  ): (path: string) => boolean;
  export = picomatch;
}
