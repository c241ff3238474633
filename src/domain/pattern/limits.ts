/** Bounds of this folder, which imports nothing from outside: it is also bundled into the hook. */

/** UTF-16 units of a pattern as given and as stored; also bounds every loop and recursion over its text. */
export const patternLengthMax = 1024;
export const alternativesMax = 256;
/** All alternatives together. Comparing two patterns costs at most the product of these: about a second. */
export const expandedLengthMax = 16 * 1024;
/** Parsed patterns kept by text.ts; a project has some hundreds of live claims. */
export const parsedPatternsMax = 4096;
