import type { NetworkIdentity } from '../identity.ts';

/** A domain, IP address or URL as people and logs write it, defanged or not; undefined where a text is none of them. */
export function readObservable(text: string): NetworkIdentity | undefined {
  // Before any pattern: quotes that end no text would be tried from each of them.
  if (text.length > 4_096) return undefined;
  const value = refang(text.trim().replace(/^["'<(]+|["'>),.;]+$/g, ''));
  if (value.length === 0 || value.length > 2048) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+/i.test(value)) return { kind: 'network', type: 'url', value };
  const host = value.replace(/\.$/, '').toLowerCase();
  if (isIpv4(host) || isIpv6(host)) return { kind: 'network', type: 'ip', value: host };
  if (isDomain(host)) return { kind: 'network', type: 'domain', value: host };
  // `host:port`, `[address]:port` and `host/path`.
  const [, address, named = address] = /^(?:\[([^\]]+)\]|([^\s/:]+)):\d{1,5}$/.exec(value) ?? [];
  if (named) return readObservable(named);
  return isHostWithPath(value) ? { kind: 'network', type: 'url', value: `https://${value}` } : undefined;
}

/** `codecov.io/bash`, `192.0.2.7:8080/x`; a range of addresses (`192.0.2.0/24`) is none. */
function isHostWithPath(value: string): boolean {
  const [, host = '', path = ''] = /^([^\s/:]+)(?::\d{1,5})?\/(\S*)$/.exec(value) ?? [];
  return isDomain(host.toLowerCase()) || (isIpv4(host) && !/^\d{1,2}$/.test(path));
}

/** `hxxps[:]//evil[.]example` → `https://evil.example`. */
export function refang(text: string): string {
  return text
    .replace(/^h(?:xx|tt)p/i, 'http')
    .replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/\[:\/\/\]/g, '://');
}

function isDomain(host: string): boolean {
  return (
    host.length <= 253 &&
    /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59}|\p{L}{2,63})$/u.test(host)
  );
}

function isIpv4(host: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  return match?.slice(1).every((part) => Number(part) <= 255) ?? false;
}

function isIpv6(host: string): boolean {
  return host.includes(':') && host.length <= 45 && /^[0-9a-f:.]+$/.test(host) && (host.match(/:/g)?.length ?? 0) >= 2;
}
