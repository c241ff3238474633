/**
 * The conformance suite imports `globSync`, which node has since 22, for a command that we do not use. Loaded before the
 * suite (`--import`), this lets node 20 import it.
 */
import * as fs from 'node:fs';
import { register } from 'node:module';

if (fs.globSync === undefined) {
  const stand = "export * from 'node:fs'; export function globSync() { throw new Error('node 20 has no globSync'); }";
  const address = `data:text/javascript,${encodeURIComponent(stand)}`;
  const hooks = `export async function resolve(name, context, next) {
    const isSuite = context.parentURL?.includes('/@modelcontextprotocol/conformance/');
    return isSuite && name === 'fs' ? { url: ${JSON.stringify(address)}, shortCircuit: true } : next(name, context);
  }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
