import { InvalidArgumentError } from 'commander';
import { isEdtfFault, parseEdtf } from '../base/edtf.ts';

/** Checks a date option: any EDTF date with an end. */
export function parseDate(text: string): string {
  const parsed = parseEdtf(text);
  if (isEdtfFault(parsed)) throw new InvalidArgumentError(parsed.message);
  if (!parsed.latest) throw new InvalidArgumentError('expected a date with an end, such as 2023-03-29');
  return text;
}

/** Checks a port option; 0 asks for any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('expected a port from 0 to 65535');
  return port;
}
