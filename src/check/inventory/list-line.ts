/**
 * What lines of a list look like, cheaply, to tell a list from other formats; `mixed-list` reads them exactly. Each pattern is linear: the text may be
 * hostile.
 */
const DOT = String.raw`(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))`;
const REST = String.raw`(?:\[?:\]?\d{1,5})?(?:\/\S*)?$`;
const DOMAIN = new RegExp(String.raw`^[\w-]+(?:${DOT}[\w-]+)*${DOT}[a-z]{2,63}\.?${REST}`, 'i');
const ADDRESS = new RegExp(String.raw`^\d{1,3}(?:${DOT}\d{1,3}){3}${REST}|^\[?[0-9a-f]{0,4}:[0-9a-f:.]*:[0-9a-f.]*(?:\]:\d{1,5})?$`, 'i');
const PURL = /^pkg:[a-z]/i;
const URL = /^(?:h(?:tt|xx)ps?\[?:|[a-z][a-z0-9+-]{1,20}:\/\/)/i;
const DIGEST =
  /^\\?(?:(?:md5|sha-?1|sha-?256|sha-?512):)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})(?:\s|$)|^(?:MD5|SHA1|SHA256|SHA512|SHA2-256|SHA2-512) ?\(/i;
const AT_VERSION = /^@?[\w.+~-]+(?:\/[\w.+~-]+)*@(?:v?\d\S*|[0-9a-f]{40})$|^[\w-]+\/[\w.-]+@[\w.-]+$/i;
const PINNED = /^[\w.-]+(?:\[[\w,.-]*\])?\s*(?:===?|~=|[<>!]=|[<>])\s*\d/;
const NAME_VERSION = /^@?[\w.+~-]+(?:\/[\w.+~-]+)*\s+v?\d+[.:-]\S*$/;
/** Other ways to write a package and a version, each only where nothing else looks so: `name,1.2.3`, `name @ 1.2.3`, `"name": "1.2.3`, `npm name 1.2.3`, `npm:name@1.2.3`. */
const APART = /^@?[\w.+~-]+(?:\/[\w.+~-]+)*(?:["']?,\s*["']?|\s+@\s+|["']\s*:\s*["'])v?\d+\.\d\S*$/;
const ECOSYSTEM = /^(?:npm|pypi|pip|cargo|gem|nuget|golang|composer|github)(?::\s*|\s+)@?[\w.+~-]+(?:\/[\w.+~-]+)*(?:@|\s+)v?\d\S*$/i;
const USES = /^uses:\s+["']?[\w-]+\/[\w./-]+@\S+$/;
/** A range is no version, and yet tells a list of packages. */
const RANGE = /^@?[\w.+~-]+(?:\/[\w.+~-]+)*@[~^]\d\S*$/;
const BLOCKED = /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|::1?)\s+\S/;

/** A line without remark, bullet or number, quotes and final comma; empty where nothing is left. */
export function bareLine(text: string): string {
  // Nothing to take away in most lines of long lists.
  if (/^[\w@][^\s#"'`,;]*$/.test(text)) return text;
  return text
    .replace(/^\ufeff/, '')
    .replace(/(?:^|\s)#.*$|^\s*(?:;|\/\/\s).*$/, '')
    .replace(/^\s*(?:[-*•]|\d{1,6}[.)])\s+/, '')
    .trim()
    .replace(/^["'`]|["'`]?[,;]?$/g, '');
}

/** Whether the beginning of a text is a list of packages, digests, domains, addresses and URLs, one a line. */
export function isList(start: string): boolean {
  // JSON has pairs of names and versions, too.
  if (/^\s*\{/.test(start.slice(0, 100))) return false;
  const lines = sampledLines(start);
  const told = lines.filter((line) => isEntry(line) || line.split(/[\s,;|]+/).every(isEntry));
  return told.length > 0 && told.length * 2 >= lines.length;
}

function isEntry(text: string): boolean {
  return [PURL, URL, DIGEST, ADDRESS, DOMAIN, AT_VERSION, PINNED, NAME_VERSION, APART, ECOSYSTEM, USES, RANGE, BLOCKED].some((pattern) =>
    pattern.test(text),
  );
}

/** Whether the beginning of a text is one of requirements of Python: the first line is one, and no line is what no requirement is. */
export function isRequirements(start: string): boolean {
  const [first = '', ...others] = sampledLines(start);
  return /^[A-Za-z0-9][\w.-]*(?:\[[\w,.-]+\])?\s*(?:===?|~=|>=)\s*\d/.test(first) && !others.some(isNoRequirement);
}

/** Whether every line of the beginning of a text is `publisher.name@version`. */
export function isExtensionList(start: string): boolean {
  const lines = sampledLines(start);
  return lines.length > 0 && lines.every((line) => /^[\w-]+\.[\w-]+@\d+\.\d+\.\d+/.test(line));
}

function isNoRequirement(line: string): boolean {
  if (URL.test(line)) return !/\.(?:whl|zip|tar\.gz|tgz)(?:#|$)/i.test(line);
  // Names of Python packages may have dots; few end as domains do.
  const isDomain = DOMAIN.test(line) && /\[|\/|\.(?:com|net|org|info|biz|online|site|top|xyz|(?!py$)[a-z]{2})\.?$/i.test(line);
  return isDomain || [PURL, DIGEST, ADDRESS, AT_VERSION, NAME_VERSION, APART, ECOSYSTEM, USES].some((pattern) => pattern.test(line));
}

/** Lines that say something; the last one may be cut, and counts only where it stands alone. */
function sampledLines(start: string): string[] {
  const lines = start.slice(0, 4_096).split('\n');
  if (lines.length > 1 && start.length >= 4_096) lines.pop();
  return lines.map((line) => bareLine(line.slice(0, 300))).filter((line) => line !== '');
}
