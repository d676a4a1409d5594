import type { Tool } from './tool.ts';
import { checkComponents } from './tools/check-components.ts';
import { explain } from './tools/explain.ts';
import { get } from './tools/get.ts';
import { listIncidents } from './tools/list-incidents.ts';
import { neighbours } from './tools/neighbours.ts';
import { path } from './tools/path.ts';
import { search } from './tools/search.ts';

/** Every tool, in the order in which clients see them: a new one is a file and a row here. */
export const tools: readonly Tool[] = [search, listIncidents, get, neighbours, path, checkComponents, explain];
