/** Wrong words on the command line: exit code 2, what was wrong, and how it is used. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly next: string,
  ) {
    super(message);
  }
}
