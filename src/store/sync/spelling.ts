/** One spelling for what are most likely several of one repository. */

/**
 * Without scheme, name, port, `.git` and slashes at the end (the forms of git-fetch(1), GIT URLS). Good for a name under
 * which clones find each other, and not to reach anything: a server may lead two of them to different places.
 */
export function plainSpelling(remote: string): string {
  const [, host = '', path = remote] = addressIn(remote) ?? shortFormIn(remote) ?? [];
  const trimmed = path.replace(/(\.git)?\/*$/, '').replace(/^\/+/, host === '' ? '/' : '');
  return host === '' ? trimmed : `${host.toLowerCase()}/${trimmed}`;
}

function addressIn(remote: string): RegExpExecArray | null {
  return /^[a-z][a-z+]*:\/\/(?:[^/@]*@)?([^/:]*)(?::\d+)?(\/.*)?$/i.exec(remote);
}

/** `user@host:path`, which is none where a slash comes before the colon. */
function shortFormIn(remote: string): RegExpExecArray | null {
  return /^(?:[^/@:]+@)?([^/:]+):(.*)$/.exec(remote);
}
