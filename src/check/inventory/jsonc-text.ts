import { parseJson } from './input-text.ts';

/** Parses JSON with comments and trailing commas, such as tools for JavaScript write. Offsets in faults hold for the text as given. */
export function parseJsonc(text: string): unknown {
  return parseJson(toJson(text));
}

/** The text with comments and trailing commas turned into spaces. */
function toJson(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  const blank = (start: number, end: number): void => {
    // Line ends stay, so that lines are counted alike.
    pieces.push(text.slice(kept, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    kept = end;
  };
  // The piece of a comma after which only space and comments were met.
  let comma: number | undefined;
  // The last character that is neither space nor comment: a comma with nothing before it stays a fault.
  let last = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') {
      comma = undefined;
      last = character;
      for (index++; index < text.length && text[index] !== '"'; index++) if (text[index] === '\\') index++;
    } else if (character === '/' && (text[index + 1] === '/' || text[index + 1] === '*')) {
      const isLine = text[index + 1] === '/';
      const end = text.indexOf(isLine ? '\n' : '*/', index + 2);
      const stop = end < 0 ? text.length : end + (isLine ? 0 : 2);
      blank(index, stop);
      index = stop - 1;
    } else if (character === ',') {
      // Commas and comments are cut out in order, so that a comma is a piece of its own.
      pieces.push(text.slice(kept, index), ',');
      kept = index + 1;
      comma = '[{,'.includes(last) ? undefined : pieces.length - 1;
      last = character;
    } else if (character !== undefined && !' \n\r\t'.includes(character)) {
      if ((character === '}' || character === ']') && comma !== undefined) pieces[comma] = ' ';
      comma = undefined;
      last = character;
    }
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}
