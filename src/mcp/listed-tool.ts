/** A tool as `tools/list` shows it. */
import type { Tool as ListedTool } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { answerSchema } from './outputs.ts';
import type { Tool } from './tool.ts';
import type { Choice } from './tools/index.ts';

export function listedTool(tool: Tool, { isReadOnly, toolset }: Choice): ListedTool {
  const { name, title, description, effect, isDestructive = false, isIdempotent = false } = tool;
  const isReading = effect === 'read' || (effect === 'mark' && isReadOnly);
  return {
    name,
    title,
    description: (isReadOnly && tool.whenReadOnly) || description,
    inputSchema: jsonSchema(listedInput(tool, toolset), 'input') as ListedTool['inputSchema'],
    outputSchema: jsonSchema(answerSchema(tool.output), 'output') as NonNullable<ListedTool['outputSchema']>,
    annotations: {
      title,
      readOnlyHint: isReading,
      destructiveHint: isDestructive,
      idempotentHint: isReading || isIdempotent,
      // Other agents and machines are reached, but nothing outside of the repository.
      openWorldHint: false,
    },
  };
}

function listedInput({ input, unlisted = {} }: Tool, toolset: Choice['toolset']): z.ZodObject {
  const isListed = (name: string) => !(name in unlisted) || (unlisted[name] === 'in-core' && toolset === 'full');
  return z.object(Object.fromEntries(Object.entries(input.shape).filter(([name]) => isListed(name))));
}

/** Without what costs a model's tokens and tells it nothing. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io }) as Record<string, unknown>;
  return rest;
}
