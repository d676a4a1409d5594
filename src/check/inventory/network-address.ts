import { hostOf, type NetworkIdentity } from '../identity.ts';
import { withoutCredentials } from './input-text.ts';
import type { FoundComponent, Place } from './inventory.ts';

/** So much of an address is read: browsers and proxies cut longer ones too, and a host and path are shorter. */
const MAX_ADDRESS = 2_048;

/** The identity of a host name or IP address, with or without a final dot; undefined where the text is neither. */
export function readHost(text: string): NetworkIdentity | undefined {
  if (text.length > 255) return undefined;
  const bare = text.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (bare.includes(':')) {
    const address = canonicalIpv6(bare);
    return address === undefined ? undefined : { kind: 'network', type: 'ip', value: address };
  }
  if (isIpv4(bare)) return { kind: 'network', type: 'ip', value: bare };
  const domain = asciiDomain(bare);
  return domain === undefined ? undefined : { kind: 'network', type: 'domain', value: domain };
}

/** The identity of a URL of the web (or `//host/…`), without user name and password; undefined where the text is none or has no host. */
export function readUrl(text: string): NetworkIdentity | undefined {
  if (!/^(?:(?:https?|wss?|ftp):)?\/\//i.test(text)) return undefined;
  const url = withoutCredentials(text.slice(0, MAX_ADDRESS));
  const host = hostOf(url);
  return host !== undefined && readHost(host) ? { kind: 'network', type: 'url', value: url } : undefined;
}

/** The component of an address: it is where it is. */
export function addressComponent(identity: NetworkIdentity, at: Place): FoundComponent {
  return { identity, source: { kind: 'unstated' }, at };
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

/** IPv6 in its shortest spelling (RFC 5952); groups of two digits as in a time of day or a MAC address are none. */
function canonicalIpv6(text: string): string | undefined {
  if (text.length > 45 || !/^[0-9a-f:]+(?:\.\d{1,3}){0,3}$/i.test(text)) return undefined;
  try {
    return new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}

/** A domain of at least two labels, in lower case and in ASCII (IDNA); undefined where the text is none. */
function asciiDomain(text: string): string | undefined {
  const ascii = /^[\w.-]+$/.test(text) ? text.toLowerCase() : toAscii(text);
  if (ascii === undefined || ascii.length > 253) return undefined;
  const labels = ascii.split('.');
  if (labels.length < 2 || !labels.every((label) => /^[a-z0-9_](?:[\w-]{0,61}[a-z0-9_])?$/.test(label))) return undefined;
  return /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

function toAscii(text: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(text)) return undefined;
  try {
    return new URL(`http://${text}/`).hostname;
  } catch {
    return undefined;
  }
}
