import { InvalidArgumentError } from 'commander';
import { isEdtfFault, parseEdtf } from '../base/edtf.ts';

/** Checks a date option: any EDTF date with an end. */
export function parseDate(text: string): string {
  const parsed = parseEdtf(text);
  if (isEdtfFault(parsed)) throw new InvalidArgumentError(parsed.message);
  if (!parsed.latest) throw new InvalidArgumentError('expected a date with an end, such as 2023-03-29');
  return text;
}
