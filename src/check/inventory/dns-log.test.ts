import { describe, expect, test } from 'vitest';
import { dnsLog, streamDnsLog } from './dns-log.ts';
import type { FoundComponent, Inventory } from './inventory.ts';
import { parseText, readCuts, refusal, skippedReasons } from './inventory-test-kit.ts';

function found({ components }: Pick<Inventory, 'components'>): string[] {
  return components.map(({ identity, at }) => (identity.kind === 'network' ? `${at.line} ${identity.type} ${identity.value}` : ''));
}

test.each([
  [
    'dnsmasq and Pi-hole',
    'Nov 23 10:00:01 dnsmasq[123]: query[A] CDN.Example.com from 192.0.2.2\nNov 23 10:00:01 dnsmasq[123]: reply cdn.example.com is 2001:DB8:0:0::7\n',
    ['1 domain cdn.example.com', '1 ip 192.0.2.2', '2 ip 2001:db8::7'],
  ],
  [
    'BIND',
    '23-Nov-2026 10:00:01.123 queries: info: client @0x7f1 192.0.2.2#53123 (x.example.org): query: x.example.org IN A +E(0)K (192.0.2.53)\n',
    ['1 ip 192.0.2.2', '1 domain x.example.org', '1 ip 192.0.2.53'],
  ],
  [
    'squid',
    '1700000000.123    250 192.0.2.2 TCP_MISS/200 4096 GET http://user:secret@bad.example/a.js?x=1 - HIER_DIRECT/198.51.100.7 text/javascript\n' +
      '1700000001.000   1000 192.0.2.2 TCP_TUNNEL/200 39 CONNECT tunnel.example.com:443 - HIER_DIRECT/198.51.100.8 -\n',
    ['1 url http://bad.example/a.js?x=1', '1 ip 192.0.2.2', '1 ip 198.51.100.7', '2 domain tunnel.example.com', '2 ip 198.51.100.8'],
  ],
  [
    'nginx with an upstream',
    '192.0.2.2 - - [23/Nov/2026:10:00:01 +0000] "GET /app.js HTTP/1.1" 200 12 "https://ref.example.com/" "Agent" up.example.net:8080\n',
    ['1 url https://ref.example.com/', '1 ip 192.0.2.2', '1 domain up.example.net'],
  ],
  [
    'Zeek',
    '#fields\tts\tuid\tid.orig_h\tquery\tanswers\n1700000000.1\tCx1\t192.0.2.2\tz.example.com\tc.example.net,198.51.100.9\n',
    ['1 domain id.orig_h', '2 ip 192.0.2.2', '2 domain z.example.com', '2 domain c.example.net', '2 ip 198.51.100.9'].slice(1),
  ],
  [
    'JSON lines',
    '{"ts":1700000000.5,"query":"j.example.com","url":"https:\\/\\/k.example.com\\/p"}\n',
    ['1 url https://k.example.com/p', '1 domain j.example.com'],
  ],
  [
    'Windows DNS',
    '23/11/2026 10:00:01 0E4C PACKET 000000 UDP Rcv 192.0.2.2 0002 Q [0001 D NOERROR] A (3)www(7)example(3)com(0)\n',
    ['1 ip 192.0.2.2', '1 domain www.example.com'],
  ],
])('%s is read', (_name, text, expected) => {
  expect(found(parseText(dnsLog, text)).filter((entry) => !entry.endsWith('id.orig_h'))).toEqual(expected);
});

test('each distinct value is given once, with its first line and time', () => {
  const text = '2026-11-23T10:00:01Z q a.example.com\n2026-11-24T10:00:01Z q A.example.com.\n2026-11-24 11:00:00,5 q b.example.com\n';
  const inventory = parseText(dnsLog, text);
  expect(found(inventory)).toEqual(['1 domain a.example.com', '3 domain b.example.com']);
  expect(inventory.components.map(({ installedAt }) => installedAt)).toEqual(['2026-11-23T10:00:01.000Z', '2026-11-24T11:00:00.500Z']);
  expect(parseText(dnsLog, '1700000000.123 1 a.example.com\n').components[0]?.installedAt).toBe('2023-11-14T22:13:20.123Z');
});

test('lines with nothing to look up are counted', () => {
  const text = 'started\nq 7.2.0.192.in-addr.arpa\n12:34:56 aa:bb:cc:dd:ee:ff x\nq a.example.com\n';
  const inventory = parseText(dnsLog, text);
  expect(found(inventory)).toEqual(['4 domain a.example.com']);
  expect(skippedReasons(inventory)).toEqual(['2 line without a host name, address or URL', '1 reverse lookup of an address']);
});

test('a stream gives the same, wherever its pieces are parted', async () => {
  const text = '1 a.example.com\r\n2 http://b.example.com/ü\n3 c.example.com 2001:db8::1';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 3, 7, 1_000]) {
    const components: FoundComponent[] = [];
    async function* pieces() {
      for (let index = 0; index < bytes.length; index += size) yield bytes.subarray(index, index + size);
    }
    for await (const part of streamDnsLog(pieces())) components.push(...part.components);
    expect(found({ components })).toEqual(found(parseText(dnsLog, text)));
  }
});

test.each(['', '\n', 'hello\n', 'a localhost b\n'])('%j is refused', (text) => {
  expect(refusal(dnsLog, text)).toMatch(/^expected log lines/);
});

test('every cut is a part', () => {
  const text = 'Nov 23 dnsmasq: query[A] cdn.example.com from 192.0.2.2\nGET https://x.example.com/a?b=c 2001:db8::1\n';
  for (const { inventory } of readCuts(dnsLog, text)) {
    for (const entry of found(inventory).slice(0, -1)) expect(text).toContain(entry.split(' ')[2]);
  }
});

describe('hostile input', () => {
  test.each([
    ['a line without end', 'a.'.repeat(1_000_000)],
    ['colons', `${':'.repeat(1_000_000)} a.example.com`],
    ['groups', `${'ab:'.repeat(500_000)}`],
    ['counted labels', '(3)www'.repeat(300_000)],
    ['addresses', 'http://'.repeat(300_000)],
    ['lines', '(1)\n'.repeat(300_000)],
  ])('%s takes linear time', (_name, text) => {
    const started = performance.now();
    const inventory = parseText(dnsLog, `a.example.com\n${text}`);
    expect(found(inventory)[0]).toBe('1 domain a.example.com');
    expect(inventory.skipped.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
