/** What changed, as somebody else is told it: without the names of agents that are not listed, and without their own news. */
import { hiddenName, isListed, type Names } from '../agent/visibility.ts';
import type { AnyRecord, ReceiptRecord } from '../record/record.ts';
import type { Change } from '../view.ts';

interface Reader {
  readonly name: string;
  readonly names: Names;
}

/** None where nothing may be told. What the reader sent or got keeps its names: they know each other. */
export function veiled({ path, before, after }: Change, reader: Reader): Change[] {
  const record = after ?? before;
  if (record?.kind === 'agent' && record.agent !== reader.name && !isListed(record)) return [];
  return [{ path, before: before && veiledRecord(before, reader), after: after && veiledRecord(after, reader) }];
}

function veiledRecord(record: AnyRecord, { name, names }: Reader): AnyRecord {
  switch (record.kind) {
    case 'claim':
    case 'waiting':
      return { ...record, agent: names(record.agent) };
    case 'message': {
      const isOwn = record.agent === name || record.to.includes(name);
      if (isOwn) return record.unnamed ? { ...record, agent: hiddenName } : record;
      return { ...record, agent: names(record.agent), to: record.to.map(names) };
    }
    case 'receipt':
      return record.agent === name ? record : veiledReceipt(record, names);
    default:
      return record;
  }
}

function veiledReceipt(record: ReceiptRecord, names: Names): ReceiptRecord {
  const of = (marks: ReceiptRecord['delivered']) => marks.map((mark) => ({ ...mark, agent: names(mark.agent) }));
  const { delivered, acknowledged, completed } = record;
  return {
    ...record,
    delivered: of(delivered),
    acknowledged: of(acknowledged),
    ...(completed !== undefined && { completed: of(completed) }),
  };
}
