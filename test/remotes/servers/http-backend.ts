/** `git http-backend` behind a small HTTP server (git-http-backend(1), RFC 3875), with basic authentication if wanted. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { freePort } from './listening.ts';
import { makeBare, type Server } from './server.ts';

export interface HttpSettings {
  readonly authentication?: 'basic' | 'none';
  readonly pushing?: 'allowed' | 'refused';
}

export interface HttpBackend extends Server {
  /** With name and password in it, for who has no credential helper. */
  readonly urlWithPassword: string;
  /** Requests so far, as `GET /team.git/info/refs?service=git-upload-pack`. */
  readonly requests: readonly string[];
}

const user = 'bold-fox';
const password = 'a b/c:d@e%';

export async function startHttpBackend(settings: HttpSettings = {}): Promise<HttpBackend> {
  const { authentication = 'basic', pushing = 'allowed' } = settings;
  const { folder, bare, remove } = makeBare();
  execFileSync('git', ['-C', bare, 'config', 'http.receivepack', String(pushing === 'allowed')]);
  const config = join(folder, 'client.gitconfig');
  writeFileSync(config, credentialConfig(authentication));
  const port = await freePort();
  const requests: string[] = [];
  const start = () =>
    serve(port, (request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (authentication === 'basic' && !isLetIn(request)) return refuse(response);
      answer(folder, request, response);
    });
  let server = await start();
  const address = `127.0.0.1:${port}/team.git`;
  return {
    url: `http://${address}`,
    urlWithPassword: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${address}`,
    env: { GIT_CONFIG_GLOBAL: config },
    bare,
    requests,
    cut: async () => {
      await close(server);
      return async () => {
        server = await start();
      };
    },
    stop: async () => {
      await close(server);
      remove();
    },
  };
}

/** git asks a helper for it, as it does on every machine where somebody is logged in to a forge (gitcredentials(7)). */
function credentialConfig(authentication: 'basic' | 'none'): string {
  const person = '[user]\n\tname = Ada\n\temail = ada@example.invalid\n';
  if (authentication === 'none') return person;
  return `${person}[credential]\n\thelper = "!f() { test \\"$1\\" = get && echo username=${user} && echo 'password=${password}'; }; f"\n`;
}

async function serve(port: number, answerTo: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answerTo).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function isLetIn({ headers }: IncomingMessage): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="team"' }).end('Who are you?\n');
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { headers } = request;
  const given: Record<string, string | undefined> = {
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method,
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
    CONTENT_TYPE: headers['content-type'],
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    GIT_PROTOCOL: headers['git-protocol']?.toString(),
  };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const child = spawn('git', ['http-backend'], {
    env: { PATH: process.env.PATH, ...said } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  response.once('close', () => child.kill());
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.toString('latin1', 0, end));
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  child.once('close', () => response.end());
}

function writeHead(response: ServerResponse, text: string): void {
  for (const line of text.split('\r\n')) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/);
    if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
}
