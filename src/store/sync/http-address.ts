/** A remote's URL, and who asks. */

export interface Address {
  /** Without name and password. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Undefined for what is not HTTP. The environment's name and password (`INTERCOM_HTTP_AUTH=name:password`) stand where
 * the URL has none: who shares a machine sees the words of a command, and a URL is often kept in a file that all read.
 */
export function addressOf(text: string, env: NodeJS.ProcessEnv): Address | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const url = new URL(text);
  const inUrl = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const given = inUrl === ':' ? env.INTERCOM_HTTP_AUTH : inUrl;
  url.username = '';
  url.password = '';
  const headers: Record<string, string> = {};
  if (given !== undefined && given !== '') headers.Authorization = `Basic ${Buffer.from(given).toString('base64')}`;
  return { url: url.href.replace(/\/$/, ''), headers };
}
