/** The schemas of records and of the policy file, from the zod schemas that the command itself reads them with. */
import * as z from 'zod';
import { policySchema } from '../../src/domain/policy-file/schema.ts';
import type { RecordKind } from '../../src/domain/record/record.ts';
import { schemasByKind } from '../../src/domain/record/schema.ts';

/** As much of JSON Schema as ours use (draft 2020-12). */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

export const kinds = Object.keys(schemasByKind) as readonly RecordKind[];

export function schemaOfKind(kind: RecordKind): JsonSchema {
  return z.toJSONSchema(schemasByKind[kind], { target: 'draft-2020-12' }) as JsonSchema;
}

export function schemaFiles(): [path: string, text: string][] {
  const records = kinds.map((kind) => file(kind, `git intercom: ${kind} record`, schemaOfKind(kind)));
  const policy = z.toJSONSchema(policySchema, { target: 'draft-2020-12' }) as JsonSchema;
  // A file of comments alone, as `init` writes it, is null to a reader of YAML.
  return [...records, file('config', 'git intercom: .intercom/config.yaml', { ...policy, type: ['object', 'null'] })];
}

/** `$id` is a name and no address: nothing is to be fetched, and no domain has to be kept. */
function file(name: string, title: string, schema: JsonSchema): [string, string] {
  const { properties, ...rest } = named(schema);
  const whole = { $id: `urn:git-intercom:schema:v1:${name}`, ...rest, title, properties };
  return [`schema/${name}.schema.json`, `${JSON.stringify(inOrder(whole), null, 2)}\n`];
}

/** Every field with a title, made of its name: `leaseSeconds` is `Lease seconds`. */
function named(schema: JsonSchema): JsonSchema {
  const { properties, items } = schema;
  const titled = Object.entries(properties ?? {}).map(([name, field]) => [
    name,
    named({ title: titleOf(name), ...field }),
  ]);
  return {
    ...schema,
    ...(items !== undefined && { items: named(items) }),
    ...(properties !== undefined && { properties: Object.fromEntries(titled) }),
  };
}

function titleOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const first = ['$schema', '$id', 'title', 'description', 'type'];

/** What a person looks for first comes first; the order of the fields is that of the file, and stays. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const rank = ([key]: readonly [string, unknown]) => (first.includes(key) ? first.indexOf(key) : first.length);
  const isSchema = entries.some(([key]) => key === 'type' || key === 'anyOf');
  const sorted = isSchema ? entries.sort((a, b) => rank(a) - rank(b)) : entries;
  return Object.fromEntries(sorted.map(([key, item]) => [key, inOrder(item)]));
}
