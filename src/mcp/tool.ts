import { z } from 'zod';
import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import type { Answer } from './answer.ts';

/** A read-only tool: a file each in `tools/` and a row in `tools.ts`. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** When to call it and what it answers, for a model. */
  readonly description: string;
  /** Every argument with its bounds. */
  readonly input: Input;
  /** An example call, for the documentation and its test. */
  readonly example: z.input<Input>;
  /** Answers; throws AppError where the arguments cannot be answered. */
  run(answers: CorpusAnswers, input: z.output<Input>, signal: AbortSignal): Answer | Promise<Answer>;
}

/** Declares a tool with the types of its input. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}

/** A day of the past as of which things are told. */
export const asOfDay = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected a day such as 2023-03-31')
  .optional()
  .describe('A day (YYYY-MM-DD): tell only what was publicly known at its end.');

/** Name of a thing, as people and tools write it. */
export const thing = z
  .string()
  .min(1)
  .max(1_100)
  .describe('Id, kind:key, purl, release, digest, domain, name or alias, such as SC-2023-3CX-DESKTOPAPP or pkg:npm/event-stream.');

/** The part of a long answer that is wanted. `usual` statements unless more are asked for. */
export function paging(usual: number) {
  return {
    offset: z.int().min(0).max(1_000_000).default(0).describe('How many statements to pass over, as an earlier answer named it.'),
    limit: z.int().min(1).max(200).default(usual).describe('Most statements of the answer.'),
  };
}
