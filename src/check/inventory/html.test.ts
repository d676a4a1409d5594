import { describe, expect, test } from 'vitest';
import { cdnPackages } from './cdn-package.ts';
import { html } from './html.ts';
import type { Inventory } from './inventory.ts';
import { parseText, readCuts, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';

const page = `<!doctype html>
<html>
<head>
  <link rel="canonical" href="https://shop.example/">
  <link rel=stylesheet href=//cdn.example.net/style.css>
  <link rel="preload" as="script" href="https://user:secret@cdn.example.net/pre.js">
  <SCRIPT SRC="https://cdn.example.com/v2/polyfill.min.js?features=a&amp;b=c"></SCRIPT>
  <script src="https://unpkg.com/left-pad@1.3.0/index.js" integrity="sha256-${'A'.repeat(43)}="></script>
  <script src="/own/app.js"></script>
  <script src="{{ asset }}"></script>
  <!-- <script src="https://old.example.com/a.js"></script> -->
  <script type="importmap">{ "imports": { "vue": "https:\\/\\/esm.sh\\/vue@3.4.1", "x": "https://cdn.jsdelivr.net/npm/@scope/x@^2/+esm" } }</script>
  <script type="module">
    import confetti from 'https://cdn.skypack.dev/canvas-confetti';
    const s = document.createElement('script'); s.src = "//stats.example.org/t.js"; // '// only a comment'
    load(\`https://cdn.jsdelivr.net/npm/lodash@\${version}/lodash.js\`);
    load(\`https://\${host}/x.js\`);
    document.write("<script src=\\"https://late.example.com/w.js\\"><\\/script>");
  </script>
  <style>@import url(https://fonts.example.com/css); a { background: url("https://img.example.com/a.png") }</style>
</head>
<body>
  <a href="https://elsewhere.example/">x</a> <img src="https://img.example.com/b.png">
  <iframe src='https://frame.example.com/'></iframe>
  <script src="https://cdn.example.com/v2/polyfill.min.js?features=a&b=c"></script>
</body></html>
`;

function addresses({ components }: Inventory): string[] {
  return components.flatMap(({ identity }) => (identity.kind === 'network' ? [identity.value] : []));
}

function packages({ components }: Inventory): string[] {
  return components.flatMap(({ identity, version, requested }) =>
    identity.kind === 'package' ? [`${identity.type}:${identity.name}@${version ?? `(${requested})`}`] : [],
  );
}

describe('a page', () => {
  const inventory = parseText(html, page, 'index.html');

  test('what it loads and what its scripts name is found, each address once', () => {
    expect(addresses(inventory)).toEqual([
      '//cdn.example.net/style.css',
      'https://cdn.example.net/pre.js',
      'https://cdn.example.com/v2/polyfill.min.js?features=a&b=c',
      'https://unpkg.com/left-pad@1.3.0/index.js',
      'https://esm.sh/vue@3.4.1',
      'https://cdn.jsdelivr.net/npm/@scope/x@^2/+esm',
      'https://cdn.skypack.dev/canvas-confetti',
      '//stats.example.org/t.js',
      'https://cdn.jsdelivr.net/npm/lodash@',
      'https://late.example.com/w.js',
      'https://fonts.example.com/css',
      'https://img.example.com/a.png',
      'https://frame.example.com/',
    ]);
  });

  test('packages of delivery networks are components of their own', () => {
    expect(packages(inventory)).toEqual([
      'npm:left-pad@1.3.0',
      'npm:vue@3.4.1',
      'npm:@scope/x@(^2)',
      'npm:canvas-confetti@(latest)',
      'npm:lodash@(latest)',
    ]);
  });

  test('an address made by a template is skipped with a reason', () => {
    expect(skippedReasons(inventory)).toEqual(['2 address made by a template']);
  });

  test('the offset is in the line that names it', () => {
    for (const { identity, at } of inventory.components) {
      if (identity.kind !== 'network') continue;
      const end = page.indexOf('\n', at.offset);
      const host = /\/\/([^/]+)/.exec(identity.value)?.[1] ?? '';
      expect(page.slice(at.offset, end)).toContain(host);
    }
  });

  test('the integrity of a script is its digest', () => {
    const script = inventory.components.find(({ identity }) => identity.kind === 'network' && identity.value.includes('left-pad'));
    expect(script?.digests).toEqual({ sha256: '0'.repeat(64) });
  });
});

test('addresses beside a base of another site are of that site', () => {
  const text = '<base href="https://cdn.example.com/lib/"><script src="a.js"></script><script src="//other.example.com/b.js"></script>';
  expect(addresses(parseText(html, text, 'a.html'))).toEqual(['https://cdn.example.com/lib/a.js', '//other.example.com/b.js']);
});

test('a script file is scanned for addresses in quotes', () => {
  const text = `import 'https://deno.example/x/mod.ts';\nfetch("https://a.example.com/<b>");\nconst n = 'http://localhost/x';\nconst p = '//no host';\n`;
  const inventory = parseText(html, text, 'app.mjs');
  expect(addresses(inventory)).toEqual(['https://deno.example/x/mod.ts', 'https://a.example.com/']);
  expect(skippedReasons(inventory)).toEqual(['1 address without a public host']);
});

test.each([
  ['https://unpkg.com/react', 'react', 'latest'],
  ['https://unpkg.com/@babel/standalone@7/babel.min.js', '@babel/standalone', '7'],
  ['//cdn.jsdelivr.net/npm/vue@2.6.14', 'vue', '2.6.14'],
  ['https://cdn.jsdelivr.net/npm/%40scope%2Fx@1.0.0-beta.1/a.js', '@scope/x', '1.0.0-beta.1'],
  ['https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.min.js', 'jquery', '3.6.0'],
  ['https://esm.sh/v135/preact@10.19.2/hooks?bundle', 'preact', '10.19.2'],
  ['https://esm.sh/*swr@1.3.0&dev/es2022', 'swr', '1.3.0'],
  ['https://cdn.skypack.dev/pin/preact@v10.5.5-0yxGZ6mVB5U2iMWxIi2M/mode=imports/optimized/preact.js', 'preact', '10.5.5'],
  ['https://cdn.skypack.dev/-/three@v0.128.0-abcdefghijklmnopqrst/dist=es2020/three.js', 'three', '0.128.0'],
  ['https://ga.jspm.io/npm:lit@3.1.0/index.js', 'lit', '3.1.0'],
])('%s serves %s %s', (url, name, version) => {
  const [served] = cdnPackages(url);
  expect(served?.identity).toEqual({ kind: 'package', type: 'npm', name });
  expect(served?.version ?? served?.requested).toBe(version);
});

test('combined addresses and repositories of GitHub are read', () => {
  expect(cdnPackages('https://cdn.jsdelivr.net/combine/npm/a@1.0.0,npm/b@2.0.0/x.js,gh/o/r@v1').map(({ identity }) => identity)).toEqual([
    { kind: 'package', type: 'npm', name: 'a' },
    { kind: 'package', type: 'npm', name: 'b' },
    { kind: 'package', type: 'github', name: 'o/r' },
  ]);
});

test('cdnjs is another registry than npm', () => {
  expect(cdnPackages('https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.js')[0]?.source).toEqual({
    kind: 'other-registry',
    host: 'cdnjs.cloudflare.com',
  });
});

test.each([
  'https://unpkg.com/',
  'https://cdn.jsdelivr.net/wp/x',
  'https://esm.sh/jsr/@a/b',
  'https://example.com/npm/a@1',
  'https://unpkg.com/%',
])('%s names no package of npm', (url) => {
  expect(cdnPackages(url).filter(({ identity }) => identity.kind === 'package' && identity.name !== '%')).toEqual([]);
});

test('a file without addresses holds nothing, an empty one says so', () => {
  expect(parseText(html, '<p>hello</p>', 'a.html')).toEqual({ components: [], skipped: [] });
  expect(skippedReasons(parseText(html, ' \n', 'a.js'))).toEqual(['1 empty file']);
});

test('binary data is refused', () => {
  expect(() => html.parse(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), { path: 'a.html' })).toThrow('expected text');
  expect(() => parseText(html, 'a\0b', 'a.html')).toThrow('expected markup or script, found binary data');
});

test('every cut is read as a part', () => {
  const all = addresses(parseText(html, page, 'index.html'));
  for (const { inventory } of readCuts(html, page, 'index.html')) {
    for (const address of addresses(inventory)) expect(all.some((whole) => whole.startsWith(address))).toBe(true);
  }
  expect(skippedReasons(parseText(html, page.slice(0, page.indexOf('polyfill')), 'index.html'))).toEqual([
    '1 tag without an end: the file may be cut off',
  ]);
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is read', (text) => {
    expect(parseText(html, text).components).toEqual([]);
  });

  test.each([
    ['nesting', '<a>'.repeat(200_000)],
    ['open quotes', '"//'.repeat(300_000)],
    ['open tags', '<script '.repeat(200_000)],
    ['a long address', `"https://a.example.com/${'x'.repeat(1_000_000)}"`],
    ['slashes', `"${'\\/'.repeat(500_000)}`],
    ['brackets', `"//a.${'{{'.repeat(300_000)}`],
  ])('%s takes linear time', (_name, text) => {
    const started = performance.now();
    parseText(html, text);
    parseText(html, text, 'a.js');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('attributes of inherited names are nothing special', () => {
    const text = '<script __proto__="x" constructor="y" src="https://a.example.com/x.js"></script>';
    expect(addresses(parseText(html, text, 'a.html'))).toEqual(['https://a.example.com/x.js']);
  });
});
