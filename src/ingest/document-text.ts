import { Parser } from 'htmlparser2';

/** Media types that hold text as it is. */
const PLAIN = /^(?:text\/|application\/(?:(?:[a-z0-9.+-]+\+)?(?:json|xml|yaml)|x-(?:yaml|sh|ndjson)|javascript|pgp-signature)\b)/i;
const MARKUP = /^(?:text\/html|application\/xhtml\+xml)\b/i;
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);
/** Elements that do not part the words around them. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/**
 * The text of a document that a reader would see, and the addresses that its links lead to; undefined for what is no text (a PDF, an image) or in a
 * character set that is not known. `mediaType` is the Content-Type as served.
 */
export function documentText(bytes: Uint8Array, mediaType: string): string | undefined {
  const isMarkup = MARKUP.test(mediaType) || (mediaType === '' && /^\s*<(?:!doctype html|html)/i.test(latin(bytes.subarray(0, 1024))));
  if (!isMarkup && mediaType !== '' && !PLAIN.test(mediaType)) return undefined;
  const charset = /charset=["']?([\w-]+)/i.exec(mediaType)?.[1] ?? (isMarkup ? declaredCharset(bytes) : undefined) ?? 'utf-8';
  const text = decode(bytes, charset);
  if (text?.includes('\0')) return undefined;
  return text === undefined || !isMarkup ? text : markupText(text);
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  return /<meta[^>]+charset=["']?([\w-]+)/i.exec(latin(bytes.subarray(0, 2048)))?.[1];
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function decode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

function markupText(html: string): string {
  const pieces: string[] = [];
  const addresses: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (HIDDEN.has(name)) hidden++;
      if (!INLINE.has(name)) pieces.push(' ');
      for (const key of ['href', 'src', 'alt', 'title', 'content', 'datetime']) if (attributes[key]) addresses.push(attributes[key]);
    },
    ontext(text) {
      if (hidden === 0) pieces.push(text);
    },
    onclosetag(name) {
      if (HIDDEN.has(name)) hidden = Math.max(0, hidden - 1);
      if (!INLINE.has(name)) pieces.push(' ');
    },
  });
  parser.write(html);
  parser.end();
  return `${pieces.join('')}\n${addresses.join('\n')}`;
}
