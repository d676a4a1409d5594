import { Parser } from 'htmlparser2';
import { MAX_DEPTH, UnreadableInput } from './inventory.ts';

/** An element that opens. */
export interface XmlElement {
  /** Local name: without namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where its tag begins in the text. */
  readonly offset: number;
  /** 0 for the root. */
  readonly depth: number;
}

/** What is told of a document, in its order. */
export interface XmlHandlers {
  open?(element: XmlElement): void;
  /** The text of an element, once it closes: its own, without that of elements inside. */
  close?(name: string, text: string, depth: number): void;
}

/**
 * Reads XML. Throws {@link UnreadableInput} where it is none: no element, elements that are not closed in order, too deep, or a document type with declarations of its own — which a
 * list of components never needs and attacks use.
 */
export function readXml(text: string, handlers: XmlHandlers): void {
  if (!/^[\s\ufeff]*</.test(text.slice(0, 1000))) throw new UnreadableInput('expected XML, found something else', { offset: 0 });
  const doctype = text.slice(0, 100_000).search(/<!(?:DOCTYPE[^>[]*\[|ENTITY)/i);
  if (doctype >= 0) throw new UnreadableInput('expected XML without declarations in its document type', { offset: doctype });
  const open: { readonly name: string; text: string }[] = [];
  let [elements, closedAt] = [0, 0];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length === 0 && elements > 0)
          throw new UnreadableInput('expected one root element, found another', { offset: parser.startIndex });
        if (open.length >= MAX_DEPTH)
          throw new UnreadableInput(`expected at most ${MAX_DEPTH} levels of elements`, { offset: parser.startIndex });
        elements++;
        const known = new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value]));
        handlers.open?.({ name: localName(name), attributes: known, offset: parser.startIndex, depth: open.length });
        open.push({ name, text: '' });
      },
      ontext(data) {
        const element = open.at(-1);
        if (element && element.text.length < 1_000_000) element.text += data;
      },
      onclosetag(name, isImplied) {
        const element = open.pop();
        if (element?.name !== name || (isImplied && !text.startsWith('/>', parser.endIndex - 1))) {
          throw new UnreadableInput(`expected </${element?.name ?? ''}>, found the end of something else`, { offset: parser.startIndex });
        }
        closedAt = parser.endIndex;
        handlers.close?.(localName(name), element.text.trim(), open.length);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  if (open.length > 0 || elements === 0)
    throw new UnreadableInput('expected complete XML, found its end too early', { offset: text.length });
  if (closedAt === 0) throw new UnreadableInput('expected XML with elements, found none');
  parser.end();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
