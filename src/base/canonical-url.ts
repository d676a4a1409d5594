/**
 * One spelling per web address, so that two records that cite one document meet: lower-case scheme and host, https for http, no default
 * port, no `www.`, no fragment, no tracking parameters, no trailing slash. Undefined for what is no public http(s) URL, or carries credentials.
 */
export function canonicalUrl(text: string): string | undefined {
  if (text.length > 2048 || !/^https?:\/\//i.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!url.hostname.includes('.') || url.username || url.password) return undefined;
  url.protocol = 'https:';
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) {
    if (/^(utm_.+|fbclid|gclid|mc_[ce]id)$/.test(name)) url.searchParams.delete(name);
  }
  const host = url.host.replace(/^www\./, '');
  return `https://${host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
