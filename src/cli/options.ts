import { InvalidArgumentError } from 'commander';
import { isEdtfFault, parseEdtf } from '../base/edtf.ts';

/** Checks a date option: any EDTF date with an end. */
export function parseDate(text: string): string {
  const parsed = parseEdtf(text);
  if (isEdtfFault(parsed)) throw new InvalidArgumentError(parsed.message);
  if (!parsed.latest) throw new InvalidArgumentError('expected a date with an end, such as 2023-03-29');
  return text;
}

/** Checks a port. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('expected a port from 0 to 65535');
  return port;
}

/** Checks a number that counts something: at least one. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('expected a number from 1');
  return count;
}
