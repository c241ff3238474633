import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { schemasByKind } from '../../src/domain/record/schema.ts';
import { decodeYaml } from '../../src/store/codec/decode.ts';
import { decodeRecord, encodeRecord } from '../../src/store/records.ts';
import { logicalPathOf, recordsByKind, spoilt, unknownFields } from './records.ts';
import { validatorOf } from './validators.ts';

const kinds = Object.keys(recordsByKind) as LiveRecord['kind'][];

describe.each(kinds)('%s', (kind) => {
  const accepts = validatorOf(kind);
  const records: fc.Arbitrary<LiveRecord> = recordsByKind[kind];

  test('what the codec writes is read back, and the schema accepts it', () => {
    fc.assert(
      fc.property(records, unknownFields, (record, unknown) => {
        const bytes = encodeRecord({ ...record, ...unknown });
        const decoded = decodeYaml(bytes);
        expect(decodeRecord(logicalPathOf(record), bytes)).toEqual({ ...record, ...unknown });
        expect(decoded.ok && accepts(decoded.value), JSON.stringify(accepts.errors)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of a spoilt record the schema says what the command says', () => {
    let accepted = 0;
    let refused = 0;
    const most = fc.sample(records, 200).sort((a, b) => fieldsOf(b) - fieldsOf(a));
    for (const record of most.slice(0, 4)) {
      for (const value of spoilt(record)) {
        const ours = schemasByKind[kind].safeParse(value);
        if (ours.success) accepted++;
        else refused++;
        const why = () => JSON.stringify({ value, issues: ours.error?.issues, errors: accepts.errors });
        if (accepts(value) !== ours.success) throw new Error(`schema and command differ: ${why()}`);
      }
    }
    expect(accepted).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(500);
  });

  test('every field has a title and a description', () => {
    expect(undescribed(accepts.schema as Described, kind)).toEqual([]);
  });
});

function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + fieldsOf(inner), 1);
}

interface Described {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

function undescribed({ title, description, properties = {}, items }: Described, path: string): string[] {
  const own = title === undefined || description === undefined ? [path] : [];
  const inner = Object.entries({ ...properties, ...items?.properties });
  return [...own, ...inner.flatMap(([name, field]) => undescribed(field, `${path}.${name}`))];
}
