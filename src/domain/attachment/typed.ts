/** `src/auth.ts:10-20`, as it is typed: a file, and of it a line or some. */

export interface TypedAttachment {
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
}

export function typedAttachment(typed: string): TypedAttachment {
  const [, path = typed, from, to] = /^(.+?):(\d+)(?:-(\d+))?$/.exec(typed) ?? [];
  return from === undefined ? { path } : { path, from: Number(from), to: Number(to ?? from) };
}

/** As a tool takes them all in one list: `diff` and `diff:main..HEAD` are patches, whatever else is a file. */
export function typedAttachments(typed: readonly string[]): {
  readonly attachments: TypedAttachment[];
  readonly patches: string[];
} {
  const isPatch = (each: string) => each === 'diff' || each.startsWith('diff:');
  return {
    attachments: typed.filter((each) => !isPatch(each)).map(typedAttachment),
    patches: typed.filter(isPatch).map((each) => each.slice('diff:'.length)),
  };
}
