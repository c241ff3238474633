/** What a record may be made of, for reader and writer alike: whatever can be read can be written again. */

/** Maps and lists inside each other; ours have a handful. The parser recurses, and thousands can end the process. */
export const levelsMax = 64;
/** A receipt of 4,000 marks has 68,000 and nearly fills 256 KiB. As many commas cost a second. */
export const lexemesMax = 100_000;
/** As written, with quotes and escapes. A reader looks for the colon in 1,024 characters (YAML 1.2.2 §7.4). */
export const keyCharsMax = 1000;
