/**
 * What GitHub does with a composite action: its own parser reads the file, its own evaluator the expressions, and each
 * `run` is a script for `bash --noprofile --norc -eo pipefail`.
 */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { isBasicExpression, isMapping, isString, NoOperationTraceWriter } from '@actions/workflow-parser';
import { type ActionTemplate, convertActionTemplate, parseAction } from '@actions/workflow-parser/actions/index';
import { type Scratch, write } from './scratch.ts';

export function parseActionFile(content: string): { action: ActionTemplate; errors: string[] } {
  const { context, value } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(({ message }) => message);
  return { action: value === undefined ? ({} as ActionTemplate) : convertActionTemplate(context, value), errors };
}

interface ScriptStep {
  readonly id: string;
  readonly script: string;
  readonly env: Readonly<Record<string, Token>>;
}
type Token = NonNullable<NonNullable<ActionTemplate['inputs']>[number]['default']>;

/** Of a composite action whose steps are all scripts. */
export function scriptSteps(action: ActionTemplate): ScriptStep[] {
  if (action.runs.using !== 'composite') throw new Error('not a composite action');
  return action.runs.steps.map((step) => {
    if (!('run' in step)) throw new Error('a step without a script');
    if (!isString(step.run)) throw new Error('an expression in a script');
    const env = step.env !== undefined && isMapping(step.env) ? [...step.env] : [];
    return {
      id: step.id,
      script: step.run.value,
      env: Object.fromEntries(env.map(({ key, value }) => [key.toString(), value as Token])),
    };
  });
}

interface Job {
  readonly checkout: string;
  /** Where the action lies: its own repository, unpacked. */
  readonly actionPath: string;
  readonly event: unknown;
  readonly inputs: Readonly<Record<string, string>>;
}

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export async function runAction(action: ActionTemplate, job: Job, scratch: Scratch): Promise<Ended> {
  const temp = mkdtempSync(join(scratch.folder, 'runner-'));
  const github = contextOf({ event: job.event });
  const given = Object.fromEntries(
    (action.inputs ?? []).map(({ id, default: value }) => [
      id,
      job.inputs[id] ?? (value === undefined ? '' : evaluate(value, { github })),
    ]),
  );
  const inputs = contextOf(given);
  let said = '';
  let outputs: Record<string, string> = {};
  for (const [at, { script, env }] of scriptSteps(action).entries()) {
    const file = join(temp, `${at}.sh`);
    const outputFile = join(temp, `${at}.outputs`);
    write(file, script);
    write(outputFile, '');
    const { exitCode, output } = await scratch.start(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', file],
      job.checkout,
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: job.actionPath,
        GITHUB_OUTPUT: outputFile,
        GITHUB_WORKSPACE: job.checkout,
        RUNNER_TEMP: temp,
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluate(value, { inputs, github })])),
      },
    );
    said += output;
    outputs = { ...outputs, ...outputsOf(readFileSync(outputFile, 'utf8')) };
    if (exitCode !== 0) return { exitCode, output: said, outputs };
  }
  return { exitCode: 0, output: said, outputs };
}

function outputsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

type Context = data.Dictionary;

function evaluate(token: Token, contexts: Readonly<Record<string, Context>>): string {
  if (!isBasicExpression(token)) return token.toString();
  const names = Object.keys(contexts);
  const expression = new Parser(new Lexer(token.expression).lex().tokens, names, []).parse();
  const context = new data.Dictionary(...names.map((key) => ({ key, value: contexts[key] as Context })));
  return new Evaluator(expression, context).evaluate().coerceString();
}

function contextOf(value: unknown): Context {
  return JSON.parse(JSON.stringify(value), data.reviver) as Context;
}

/** An action as the runner unpacks it from a release: the committed files, nothing built. */
export function unpackedAction(scratch: Scratch, version: string): string {
  const folder = join(scratch.folder, 'action');
  mkdirSync(folder, { recursive: true });
  write(join(folder, 'package.json'), JSON.stringify({ version }));
  return folder;
}
