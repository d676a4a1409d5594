import { plainText } from './link-markup.ts';

/** All text of a value, one piece a line, links reduced to their labels: what a full-text search looks through. */
export function linkedPlainText(value: unknown): string {
  const pieces: string[] = [];
  const visit = (part: unknown): void => {
    if (typeof part === 'string') pieces.push(plainText(part));
    else if (Array.isArray(part)) for (const item of part) visit(item);
    else if (typeof part === 'object' && part !== null) for (const [key, item] of Object.entries(part)) if (key !== 'cites') visit(item);
  };
  visit(value);
  return pieces.join('\n');
}
