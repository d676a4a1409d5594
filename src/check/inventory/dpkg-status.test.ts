import { describe, expect, test } from 'vitest';
import { dpkgStatus } from './dpkg-status.ts';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';

const status = `Package: liblzma5
Status: install ok installed
Priority: required
Architecture: amd64
Multi-Arch: same
Source: xz-utils
Version: 5.6.1-1
Description: XZ-format compression library
 Version: 9.9.9 is not a field here.
 .
 Package: nor is this

Package: libgcc-s1
Status: hold ok unpacked
Source: gcc-13 (13.2.0-25)
Version: 13.2.0-25+b1

Package: old
Status: deinstall ok config-files
Version: 1.0-1

Package: gone
Status: purge ok not-installed

Package: odd
Status: install ok installed

Package: g++
status: install ok installed
version: 4:13.2.0-7

`;

describe('a status file', () => {
  const inventory = parseText(dpkgStatus, status, 'var/lib/dpkg/status');

  test('what is installed is a component of Debian', () => {
    expect(spelled(inventory)).toEqual(['debian/liblzma5@5.6.1-1', 'debian/libgcc-s1@13.2.0-25+b1', 'debian/g++@4:13.2.0-7']);
    expect(inventory.components[1]?.at).toEqual({ line: 13 });
  });

  test('it is known by its bare name and its source package, with the version of that', () => {
    expect(find(inventory, 'debian/libgcc-s1').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'deb', name: 'libgcc-s1' } },
      { identity: { kind: 'package', type: 'deb', name: 'debian/gcc-13' }, version: '13.2.0-25' },
      { identity: { kind: 'package', type: 'deb', name: 'gcc-13' }, version: '13.2.0-25' },
    ]);
    expect(find(inventory, 'debian/liblzma5').alsoKnownAs?.[1]).toEqual({
      identity: { kind: 'package', type: 'deb', name: 'debian/xz-utils' },
      version: '5.6.1-1',
    });
  });

  test('what was removed or has no version is skipped', () => {
    expect(skippedReasons(inventory)).toEqual(['2 package that is not installed', '1 entry without a version']);
  });
});

test('a file of status.d has no status', () => {
  expect(spelled(parseText(dpkgStatus, 'Package: tzdata\nVersion: 2024a-0+deb12u1\n'))).toEqual(['debian/tzdata@2024a-0+deb12u1']);
});

test('dpkg -l is read', () => {
  const text = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name                 Version              Architecture Description
+++-====================-====================-============-=====================
ii  liblzma5:amd64       5.6.1-1              amd64        XZ-format compression
rc  old                  1.0-1                all          removed
hi  held                 2:1.2~rc1            amd64        kept
iFR broken               3                    amd64        half-configured
`;
  const inventory = parseText(dpkgStatus, text);
  expect(spelled(inventory)).toEqual(['debian/liblzma5@5.6.1-1', 'debian/held@2:1.2~rc1', 'debian/broken@3']);
  expect(skippedReasons(inventory)).toEqual(['1 package that is not installed']);
});

test('dpkg-query -W is read, with the source package where it is asked for', () => {
  const text = `liblzma5:amd64\t5.6.1-1\nnever\t\nlibgcc-s1\t13.2.0-25+b1\tamd64\tgcc-13\t13.2.0-25\nstated\t1.0\tinstall ok installed\n`;
  const inventory = parseText(dpkgStatus, text);
  expect(spelled(inventory)).toEqual(['debian/liblzma5@5.6.1-1', 'debian/libgcc-s1@13.2.0-25+b1', 'debian/stated@1.0']);
  expect(find(inventory, 'debian/libgcc-s1').alsoKnownAs?.[1]).toEqual({
    identity: { kind: 'package', type: 'deb', name: 'debian/gcc-13' },
    version: '13.2.0-25',
  });
  expect(skippedReasons(inventory)).toEqual(['1 package that is not installed']);
});

test('apt list is read', () => {
  const text = `Listing...
liblzma5/unstable,now 5.6.1-1 amd64 [installed,automatic]
other/stable 1.0-1 amd64
old/now 0.9-1 all [installed,local]
`;
  const inventory = parseText(dpkgStatus, text);
  expect(spelled(inventory)).toEqual(['debian/liblzma5@5.6.1-1', 'debian/old@0.9-1']);
  expect(skippedReasons(inventory)).toEqual(['1 package that is not installed']);
});

test.each(['', '\n\n', 'hello there\n', '# a comment\n- a list\n', 'Package: \n'])('%j is refused', (text) => {
  expect(refusal(dpkgStatus, text)).toMatch(/^expected packages of dpkg/);
});

test('every cut is a part, and the coverage tells of a last line without an end', () => {
  const names = ['debian/liblzma5', 'debian/libgcc-s1', 'debian/g++'];
  for (const { cut, inventory } of readCuts(dpkgStatus, status)) {
    for (const name of spelled(inventory)) expect(names.some((known) => known.startsWith(name.split('@')[0] ?? ''))).toBe(true);
    if (status[cut - 1] !== '\n') expect(skippedReasons(inventory)).toContain('1 last line without an end: the input may be cut off');
  }
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(dpkgStatus, text)).toMatch(/^expected packages/);
  });

  test('inherited names and long lines are nothing special', () => {
    const text = `Package: constructor\n__proto__: x\nVersion: 1\nX: ${'a:'.repeat(500_000)}\n\nPackage: ${'a'.repeat(500_000)}\nVersion: 1\n`;
    const inventory = parseText(dpkgStatus, text);
    expect(spelled(inventory)).toEqual(['debian/constructor@1']);
    expect(skippedReasons(inventory)).toEqual(['1 entry without a package name']);
  });
});
