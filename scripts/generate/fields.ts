/** A kind's fields as a table for people, from its JSON schema. */
import { type JsonSchema, schemaOfKind } from './json-schema.ts';
import { code, table } from './markdown.ts';

const { properties: claimFields = {} } = schemaOfKind('claim');
const token = claimFields.token?.anyOf?.find(({ pattern }) => pattern !== undefined);

/** Texts of a form that has a name in the tables, each by a field that has it. */
const forms: readonly (readonly [name: string, what: string, form: JsonSchema | undefined])[] = [
  ['instant', 'RFC 3339, in UTC; milliseconds may be left out', claimFields.at],
  ['name', `of an agent, at most ${claimFields.agent?.maxLength} characters`, claimFields.agent],
  ['id', 'of a record or an agent, as its maker chose it', claimFields.id],
  ['token', 'two numbers that are compared as numbers', token],
];

export function formsTable(): string {
  return table(
    ['form', 'what', 'pattern'],
    forms.map(([name, what, form]) => [name, what, code(form?.pattern ?? '')]),
  );
}

export function fieldsTable(schema: JsonSchema): string {
  return table(['field', 'what stands there', 'meaning'], rowsOf(schema, ''));
}

function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name;
    const presence = required.includes(name) ? '' : ', or absent';
    const row = [code(path), typeOf(field) + presence, field.description ?? ''];
    const inner = field.items?.properties === undefined ? rowsOf(field, `${path}.`) : rowsOf(field.items, `${path}[].`);
    return [row, ...inner];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${manyOf(schema)}`;
  if (schema.type === 'object') return 'map';
  if (schema.type === 'integer') return `whole number ${rangeOf(schema)}`.trim();
  if (schema.type === 'boolean') return '`true` or `false`';
  if (schema.type === 'null') return '`null`';
  const form = forms.find(([, , known]) => known?.pattern === schema.pattern)?.[0];
  if (schema.pattern !== undefined && form !== undefined) return form;
  return schema.maxLength === undefined ? 'text' : `text of at most ${schema.maxLength} characters`;
}

function manyOf({ items = {}, minItems, maxItems }: JsonSchema): string {
  const what = typeOf(items).replace(/^[a-z]+/, (word) => `${word}s`);
  const range = [
    minItems === undefined ? '' : `at least ${minItems}`,
    maxItems === undefined ? '' : `at most ${maxItems}`,
  ];
  const many = range.filter((part) => part !== '').join(', ');
  return many === '' ? what : `${what}, ${many}`;
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  if (maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER) return `from ${minimum}`;
  return `from ${minimum} to ${maximum}`;
}
