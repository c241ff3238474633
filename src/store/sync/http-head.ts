/**
 * isomorphic-git's fetch fails of a repository whose HEAD names no branch that exists (1.44: "Could not find HEAD"),
 * as it is with a bare repository that has the coordination branch and nothing else. So it is told of a HEAD.
 */
import type { GitHttpRequest, HttpClient } from 'isomorphic-git';

/** `<4 hex digits of length><oid> HEAD\n`, an oid that no ref has. */
const line = Buffer.from(`0032${'0'.repeat(40)} HEAD\n`);
const flush = '0000';

export function withHead(http: HttpClient): HttpClient {
  return {
    request: async (wanted: GitHttpRequest) => {
      const response = await http.request(wanted);
      if (response.statusCode !== 200 || response.body === undefined) return response;
      if (!wanted.url.includes('/info/refs?')) return response;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      const told = Buffer.concat(chunks);
      return { ...response, body: oneChunk(lacksHead(told) ? withLine(told) : told) };
    },
  };
}

/** A repository without any ref is understood; what the server can do stands behind the first ref's NUL. */
function lacksHead(told: Buffer): boolean {
  const text = told.toString('latin1');
  return text.includes('\0') && text.endsWith(flush) && !/ (HEAD|capabilities\^\{\})[\0\n]/.test(text);
}

function withLine(told: Buffer): Buffer {
  return Buffer.concat([told.subarray(0, -flush.length), line, told.subarray(-flush.length)]);
}

async function* oneChunk(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes;
}
