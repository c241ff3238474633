/** The generated schemas as the tools of others would use them. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { root } from '../tooling/sources.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** Also by the schema of its own draft: ajv refuses a keyword it does not know, and a schema that is none. */
export function validatorOf(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(`${root}schema/${name}.schema.json`, 'utf8'));
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
}
