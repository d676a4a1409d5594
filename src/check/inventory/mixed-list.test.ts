import { describe, expect, test } from 'vitest';
import { sniffFormat } from './formats.ts';
import { NPM_HOST, parseText, readCuts, refusal } from './inventory-test-kit.ts';
import { mixedList } from './mixed-list.ts';

const SHA256 = 'aa124a4b4df12b34e74ee7f6c683b2ebec4ce9a8edcf9be345823b4fdcf5d868';

/** Each component as `type name@version`. */
function told(text: string): string[] {
  return parseText(mixedList, text).components.map(({ identity, version, requested, anyEcosystem }) => {
    if (identity.kind === 'network') return `${identity.type} ${identity.value}`;
    if (identity.kind === 'file') return `${Object.keys(identity.digests)[0]} ${identity.name}`;
    return `${anyEcosystem ? 'any' : identity.kind === 'package' ? identity.type : identity.kind} ${identity.name}@${version ?? requested}`;
  });
}

describe('each line of a mixed list is told by itself', () => {
  test.each([
    ['pkg:npm/lodash@4.17.21', ['npm lodash@4.17.21']],
    ['event-stream@3.3.6', ['any event-stream@3.3.6']],
    ['event-stream 3.3.6', ['any event-stream@3.3.6']],
    ['- `event-stream@3.3.6`,', ['any event-stream@3.3.6']],
    ['@ctrl/tinycolor@4.1.1', ['npm @ctrl/tinycolor@4.1.1']],
    ['@ctrl/tinycolor 4.1.1', ['npm @ctrl/tinycolor@4.1.1']],
    ['tj-actions/changed-files@v45', ['any tj-actions/changed-files@v45']],
    ['actions/checkout@main', ['any actions/checkout@main']],
    ['github.com/boltdb-go/bolt@v1.3.1', ['any github.com/boltdb-go/bolt@v1.3.1']],
    ['liblzma5=5.6.1-1', ['any liblzma5@5.6.1-1']],
    ['ctx==0.2.2', ['pypi ctx@0.2.2']],
    ['litellm[proxy]>=1.82.0,<2 # remark', ['pypi litellm@>=1.82.0,<2']],
    [SHA256, ['sha256 ']],
    [`sha256:${SHA256}`, ['sha256 ']],
    [`${SHA256} *3cx desktop.msi`, ['sha256 3cx desktop.msi']],
    ['0cc175b9c0f1b6a831c399e269772661', ['md5 ']],
    ['polyfill.io', ['domain polyfill.io']],
    ['cdn[.]polyfill[.]io', ['domain cdn.polyfill.io']],
    ['hxxps[:]//cdn[.]polyfill[.]io/v3/a.js', ['url https://cdn.polyfill.io/v3/a.js']],
    ['codecov.io/bash', ['url https://codecov.io/bash']],
    ['https://unpkg.com/event-stream@3.3.6/index.js', ['url https://unpkg.com/event-stream@3.3.6/index.js', 'npm event-stream@3.3.6']],
    ['111.90.151.134', ['ip 111.90.151.134']],
    ['111[.]90[.]151[.]134:443', ['ip 111.90.151.134']],
    ['[2001:db8::1]:443', ['ip 2001:db8::1']],
    ['0.0.0.0 bad.example worse.example', ['domain bad.example', 'domain worse.example']],
    ['polyfill.io, 111.90.151.134; event-stream@3.3.6', ['domain polyfill.io', 'ip 111.90.151.134', 'any event-stream@3.3.6']],
    ['npm chalk 5.6.1', ['npm chalk@5.6.1']],
    ['PyPI litellm 1.82.7', ['pypi litellm@1.82.7']],
    ['npm:left-pad@0.0.3', ['npm left-pad@0.0.3']],
    ['npm: @ctrl/tinycolor@4.1.1', ['npm @ctrl/tinycolor@4.1.1']],
    ['chalk,5.6.1', ['any chalk@5.6.1']],
    ['"chalk","5.6.1"', ['any chalk@5.6.1']],
    ['@ctrl/tinycolor,4.1.1', ['npm @ctrl/tinycolor@4.1.1']],
    ['"chalk": "5.6.1",', ['any chalk@5.6.1']],
    ['chalk @ 5.6.1', ['any chalk@5.6.1']],
    ['uses: tj-actions/changed-files@v45', ['github tj-actions/changed-files@v45']],
    ['      - uses: tj-actions/changed-files@v45 # remark', ['github tj-actions/changed-files@v45']],
    ['1. debug@4.4.2', ['any debug@4.4.2']],
    ['12) debug 4.4.2', ['any debug@4.4.2']],
    ['* debug@4.4.2', ['any debug@4.4.2']],
    ['evil.example,192.0.2.1', ['any evil.example@192.0.2.1', 'domain evil.example', 'ip 192.0.2.1']],
    ['evil.example 192.0.2.1', ['any evil.example@192.0.2.1', 'domain evil.example', 'ip 192.0.2.1']],
    ['evil.example 2023-01-01', ['any evil.example@2023-01-01', 'domain evil.example']],
  ])('%s', (line, expected) => {
    expect(told(`# a list\n\n${line}\n`)).toEqual(expected);
    // Files of settings have `name=value`, too: as a list, such a line has to be pasted.
    const id = /^[\w[\]]+[=>]=/.test(line) ? 'requirements' : /^\w+=/.test(line) ? undefined : 'mixed-list';
    expect(sniffFormat(new TextEncoder().encode(`${line}\n`))?.id).toBe(id);
  });

  test.each([
    'nonsense',
    'more nonsense here',
    'pkg:',
    '192.0.2.0/24',
    'polyfill.io and others',
    'someone@example.org',
    'chalk@^5.6.0',
    'chalk',
    'npm chalk',
    'uses: ./local',
    'meeting at 10:00',
    'date: 2023-01-01',
    'a'.repeat(200_000),
  ])('%.40s is told as not understood', (line) => {
    const { components, skipped } = parseText(mixedList, `polyfill.io\n${line}\n`);
    expect(components).toHaveLength(1);
    expect(skipped).toMatchObject([{ count: 1, notUnderstood: [{ text: line.slice(0, 200), line: 2 }] }]);
    expect(refusal(mixedList, line)).toContain('expected packages, digests, domains');
  });

  test('what is not understood is counted in full, and kept in part', () => {
    const [skipped] = parseText(mixedList, `polyfill.io\n${'nonsense\n'.repeat(1_000)}`).skipped;
    expect([skipped?.count, skipped?.notUnderstood?.length]).toEqual([1_000, 20]);
  });

  test('cut anywhere holds no more than the whole', () => {
    const text = `polyfill.io\nevent-stream@3.3.6\n${SHA256}  x\n`;
    for (const { inventory } of readCuts(mixedList, text)) expect(inventory.components.length).toBeLessThanOrEqual(3);
  });
});

describe('an address of an archive of a registry is that address and the package in it', () => {
  test.each([
    [`https://${NPM_HOST}/chalk/-/chalk-5.6.1.tgz`, 'npm chalk@5.6.1'],
    [`https://${NPM_HOST}/@ctrl/tinycolor/-/tinycolor-4.1.1.tgz`, 'npm @ctrl/tinycolor@4.1.1'],
    [`https://${NPM_HOST}/@ctrl%2ftinycolor/-/tinycolor-4.1.1.tgz?x=y`, 'npm @ctrl/tinycolor@4.1.1'],
    ['https://mirror.example/api/npm/all/left-pad/-/left-pad-1.0.0-rc.1.tgz', 'npm left-pad@1.0.0-rc.1'],
    ['https://files.pythonhosted.org/packages/ab/cd/0123/litellm-1.82.7-py3-none-any.whl#sha256=00', 'pypi litellm@1.82.7'],
    ['https://files.pythonhosted.org/packages/ab/cd/0123/litellm-1.82.7.tar.gz', 'pypi litellm@1.82.7'],
    ['https://files.pythonhosted.org/packages/ab/cd/0123/torch-2.0.0%2Bcu118-cp311-cp311-linux_x86_64.whl', 'pypi torch@2.0.0+cu118'],
    ['https://rubygems.org/gems/rest-client-1.6.13.gem', 'gem rest-client@1.6.13'],
    ['https://rubygems.org/downloads/nokogiri-1.16.0-x86_64-linux.gem', 'gem nokogiri@1.16.0'],
    ['https://crates.io/api/v1/crates/rustdecimal/1.23.1/download', 'cargo rustdecimal@1.23.1'],
    ['https://static.crates.io/crates/rustdecimal/rustdecimal-1.23.1.crate', 'cargo rustdecimal@1.23.1'],
  ])('%s', (url, expected) => {
    const [address, held, ...others] = told(`${url}\n`);
    expect([address, held, others]).toEqual([expect.stringMatching(/^url https:/), expected, []]);
  });

  test.each([
    ['https://rubygems.org/gems/rest-client-1.6.13.gem', { kind: 'registry' }],
    [`https://${NPM_HOST}/chalk/-/chalk-5.6.1.tgz`, { kind: 'registry' }],
    ['https://mirror.example/chalk/-/chalk-5.6.1.tgz', { kind: 'other-registry', host: 'mirror.example' }],
    ['https://mirror.example/x/litellm-1.82.7-py3-none-any.whl', { kind: 'other-registry', host: 'mirror.example' }],
  ])('%s comes from %j', (url, source) => {
    expect(parseText(mixedList, url).components[1]?.source).toEqual(source);
  });

  test.each([
    'https://a.example/chalk/-/other.tgz',
    'https://a.example/x.whl',
    'https://a.example/gems/x.gem',
    'https://a.example/x.crate',
  ])('%s is looked up as an address, and told as not understood', (url) => {
    const { components, skipped } = parseText(mixedList, url);
    expect(components).toHaveLength(1);
    expect(skipped).toMatchObject([{ notUnderstood: [{ text: url, line: 1 }] }]);
  });

  test.each(['https://evil.example/payload.tgz', 'https://evil.example/packages/a.tar.gz'])('%s is an address and nothing else', (url) => {
    const { components, skipped } = parseText(mixedList, url);
    expect([components.length, skipped]).toEqual([1, []]);
  });
});

test('of a list with ranges and bare names, the versions are looked up', () => {
  const text = 'chalk@5.6.1\nchalk@^5.6.0\nchalk\n"debug": "4.4.2"\n';
  expect(sniffFormat(new TextEncoder().encode(text))?.id).toBe('mixed-list');
  expect(told(text)).toEqual(['any chalk@5.6.1', 'any debug@4.4.2']);
  expect(parseText(mixedList, text).skipped).toMatchObject([
    {
      notUnderstood: [
        { text: 'chalk@^5.6.0', line: 2 },
        { text: 'chalk', line: 3 },
      ],
    },
  ]);
});

describe('what a pasted text is', () => {
  test.each([
    ['requests==2.31.0\nzope.interface\nurllib3>=2\n', 'requirements'],
    ['requests==2.31.0\npolyfill.io\n', 'mixed-list'],
    ['requests==2.31.0\nevent-stream@3.3.6\n', 'mixed-list'],
    ['ms-python.python@2024.1.0\nvendor.other@1.0.0\n', 'vscode-extensions'],
    ['lodash.merge@4.6.2\nevent-stream@3.3.6\n', 'mixed-list'],
    ['module example.org/x\n\ngo 1.22\n', 'go-mod'],
    ['{\n  "chalk": "5.6.1",\n  "debug": "4.4.2"\n}\n', undefined],
    ['Dear colleague,\nplease look at the host evil.example today.\n', undefined],
    ['jobs:\n  a:\n    steps:\n      - run: bash <(curl -s https://codecov.io/bash)\n', 'github-workflow'],
  ])('%j', (text, id) => {
    expect(sniffFormat(new TextEncoder().encode(text))?.id).toBe(id);
  });

  test.each(['.'.repeat(60_000), 'a.'.repeat(30_000), 'a-'.repeat(30_000), ':'.repeat(60_000), ' \n'.repeat(30_000), '@'.repeat(60_000)])(
    'is told in bounded time',
    (text) => {
      const started = performance.now();
      sniffFormat(new TextEncoder().encode(text));
      expect(performance.now() - started).toBeLessThan(200);
    },
  );
});
