import { describe, expect, test } from 'vitest';
import { cargoLock } from './cargo-lock.ts';
import { composerLock } from './composer-lock.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { goMod } from './go-mod.ts';
import { goSum } from './go-sum.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { find, parseText, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { mavenPom } from './maven-pom.ts';
import { mixLock } from './mix-lock.ts';
import { nugetAssets, nugetLock, nugetProject } from './nuget.ts';
import { pubspecLock } from './pubspec-lock.ts';
import { uvLock } from './uv-lock.ts';

/** `${name}`, as poms spell a property. */
const property = (name: string) => `\${${name}}`;
const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

describe('Cargo.lock', () => {
  test('of version 1 keeps the project apart, and checksums in its metadata', () => {
    const text = `[root]\nname = "mine"\nversion = "0.1.0"\ndependencies = ["libc 0.2.1 (${REGISTRY})"]\n
[[package]]\nname = "libc"\nversion = "0.2.1"\nsource = "${REGISTRY}"\n
[metadata]\n"checksum libc 0.2.1 (${REGISTRY})" = "${'ab'.repeat(32)}"\n`;
    const [libc] = parseText(cargoLock, text).components;
    expect(libc).toMatchObject({ version: '0.2.1', relation: 'direct', digests: { sha256: 'ab'.repeat(32) } });
  });

  test('that lacks a package which another asks for may be cut off', () => {
    const text = `version = 3\n[[package]]\nname = "mine"\nversion = "0.1.0"\ndependencies = ["gone"]\n`;
    expect(skippedReasons(parseText(cargoLock, text))).toContain('1 dependency that is not in the lock: it may be cut off');
  });

  test('with one name and version from two sources tells them apart', () => {
    const text = `version = 3
[[package]]\nname = "mine"\nversion = "1.0.0"\ndependencies = ["x 1.0.0 (git+https://user:secret@git.example/x#abc)"]
[[package]]\nname = "x"\nversion = "1.0.0"\nsource = "${REGISTRY}"
[[package]]\nname = "x"\nversion = "1.0.0"\nsource = "git+https://user:secret@git.example/x#abc"\n`;
    expect(parseText(cargoLock, text).components).toMatchObject([
      { source: { kind: 'registry' }, relation: 'transitive' },
      { source: { kind: 'git', url: 'https://git.example/x#abc' }, relation: 'direct' },
    ]);
  });

  test('with very many packages of one name is read in linear time', () => {
    const entries = Array.from({ length: 20_000 }, (_, index) => `[[package]]\nname = "x"\nversion = "${index}"\ndependencies = ["x"]\n`);
    const started = performance.now();
    parseText(cargoLock, `version = 3\n${entries.join('')}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('go.mod', () => {
  test('replaces one version or all, and says which folders it builds', () => {
    const text = `module example.org/app
require (
\texample.org/a v1.0.0
\texample.org/b v1.0.0 // indirect
\texample.org/c v1.0.0
)
replace (
\texample.org/a v0.9.0 => example.org/other v9.0.0
\texample.org/b => example.org/fork/b v1.0.1
\texample.org/c => ../c
)
exclude example.org/b v1.2.0
`;
    const inventory = parseText(goMod, text);
    expect(spelled(inventory)).toEqual(['example.org/a@v1.0.0', 'example.org/fork/b@v1.0.1', 'example.org/other@v9.0.0']);
    expect(inventory.components.map(({ relation }) => relation)).toEqual(['direct', 'transitive', undefined]);
    expect(skippedReasons(inventory)).toEqual(['1 module replaced by a folder']);
  });

  test('cut within a line says so', () => {
    expect(skippedReasons(parseText(goMod, 'module x\nrequire example.org/a v1.0'))).toEqual([
      '1 last line without an end: the input may be cut off',
    ]);
  });
});

test('a line of go.sum whose checksum is cut is passed over', () => {
  const good = `example.org/a v1.0.0 h1:${'A'.repeat(43)}=\n`;
  const inventory = parseText(goSum, `${good}example.org/b v1.0.0 h1:${'A'.repeat(20)}`);
  expect(spelled(inventory)).toEqual(['example.org/a@v1.0.0']);
  expect(inventory.skipped).toHaveLength(1);
});

describe('Gemfile.lock', () => {
  const lock = (rest: string) => `${rest}\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rake\n`;

  test('gives the builds of a gem for several platforms once, with its digest', () => {
    const inventory = parseText(
      gemfileLock,
      `${lock('GEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.16.0)\n    nokogiri (1.16.0-arm64-darwin)\n    nokogiri (1.16.0-x64-mingw-ucrt)\n    rake (13.0.6)\n')}
CHECKSUMS
  nokogiri (1.16.0) sha256=${'ab'.repeat(32)}
  nokogiri (1.16.0-arm64-darwin) sha256=${'cd'.repeat(32)}
  rake (13.0.6)
`,
    );
    expect(spelled(inventory)).toEqual(['nokogiri@1.16.0', 'rake@13.0.6']);
    expect(inventory.components[0]?.digests).toEqual({ sha256: 'ab'.repeat(32) });
  });

  test.each([
    ['GEM\n  remote: https://gems.acme.example/\n', 'other-registry'],
    ['GEM\n  remote: https://rubygems.org/\n  remote: https://gems.acme.example/\n', 'unstated'],
    ['PATH\n  remote: vendor/rake\n', 'path'],
    ['GIT\n  remote: https://me:secret@git.example/rake.git\n', 'git'],
  ])('of %j says where a gem comes from', (head, kind) => {
    const { components } = parseText(gemfileLock, lock(`${head}  specs:\n    rake (13.0.6)\n`));
    expect(components[0]?.source.kind).toBe(kind);
    expect(JSON.stringify(components)).not.toContain('secret');
  });
});

test('composer gives the digest that it records, and the private registry of Packagist apart', () => {
  const text = JSON.stringify({
    packages: [
      { name: 'a/b', version: '1', dist: { shasum: 'ab'.repeat(20) }, 'notification-url': 'https://packagist.com/downloads/' },
      { name: 'a/c', version: '1', dist: { type: 'path', url: '../c' } },
    ],
  });
  expect(parseText(composerLock, text).components).toMatchObject([
    { digests: { sha1: 'ab'.repeat(20) }, source: { kind: 'other-registry', host: 'packagist.com' } },
    { source: { kind: 'path', path: '../c' } },
  ]);
});

describe('pom.xml', () => {
  const pom = (rest: string) =>
    `<project><parent><groupId>org.p</groupId><artifactId>p</artifactId><version>7</version></parent>${rest}</project>`;
  const dependency = (artifact: string, version: string, more = '') =>
    `<dependency><groupId>g</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}${more}</dependency>`;

  test('takes versions from what it manages, its properties and its parent', () => {
    const inventory = parseText(
      mavenPom,
      pom(`<properties><v>2</v></properties>
        <dependencyManagement><dependencies>${dependency('managed', '1.5')}${dependency('unused', '9')}${dependency('bom', '3', '<type>pom</type><scope>import</scope>')}</dependencies></dependencyManagement>
        <dependencies>${dependency('managed', '')}${dependency('own', property('v'))}${dependency('sibling', property('project.version'))}${dependency('other', property('missing'))}</dependencies>`),
    );
    expect(spelled(inventory)).toEqual(['org.p/p@7', 'g/unused@9', 'g/managed@1.5', 'g/own@2', 'g/sibling@7']);
    expect(inventory.components.map(({ relation }) => relation)).toEqual(['direct', undefined, 'direct', 'direct', 'direct']);
    expect(inventory.skipped).toHaveLength(2);
  });

  test('gives a plugin and what that depends on, but not words in its configuration', () => {
    const inventory = parseText(
      mavenPom,
      pom(`<build><plugins><plugin><groupId>org.q</groupId><artifactId>q</artifactId><version>1</version>
        <dependencies>${dependency('inner', '2')}</dependencies>
        <configuration><dependencies>${dependency('text', '3')}</dependencies><properties><v>1</v></properties></configuration></plugin></plugins></build>`),
    );
    expect(spelled(inventory)).toEqual(['org.p/p@7', 'g/inner@2', 'org.q/q@1']);
  });

  test('with properties that name each other without end is read', () => {
    const bomb = Array.from({ length: 50 }, (_, index) => `<p${index}>${`\${p${index + 1}}`.repeat(100)}</p${index}>`).join('');
    const inventory = parseText(
      mavenPom,
      pom(
        `<properties>${bomb}<a>\${b}</a><b>\${a}</b></properties><dependencies>${dependency('x', property('p0'))}${dependency('y', property('a'))}</dependencies>`,
      ),
    );
    expect(skippedReasons(inventory)).toEqual(['2 dependency whose version stands elsewhere']);
  });
});

describe('a lock of Gradle', () => {
  test('of one configuration, as older versions write it, is read', () => {
    const inventory = parseText(gradleLockfile, 'g:a:1.0\ng:b:2.0\n', 'gradle/dependency-locks/compileClasspath.lockfile');
    expect(spelled(inventory)).toEqual(['g/a@1.0', 'g/b@2.0']);
  });

  test('of another kind is refused', () => {
    expect(refusal(gradleLockfile, 'g:a:1.0=x\n')).toMatch(/^expected a Gradle lock/);
    expect(refusal(gradleLockfile, 'hello\n', 'gradle/dependency-locks/x.lockfile')).toMatch(/^expected a Gradle lock/);
  });
});

describe('NuGet', () => {
  test('packages.lock.json tells through what a package came, also through projects', () => {
    const text = JSON.stringify({
      version: 2,
      dependencies: {
        net8: {
          A: { type: 'Direct', resolved: '1.0.0', dependencies: { b: '[1.0.0, )' } },
          B: { type: 'Transitive', resolved: '1.0.0' },
          lib: { type: 'Project', dependencies: { C: '1.0.0' } },
          C: { type: 'CentralTransitive', resolved: '2.0.0' },
        },
      },
    });
    const inventory = parseText(nugetLock, text);
    expect(inventory.components.map(({ relation }) => relation)).toEqual(['direct', 'transitive', 'direct']);
    expect(inventory.chainTo?.(find(inventory, 'B'))).toEqual(['A@1.0.0']);
  });

  test('project.assets.json tells what the project asks for, and from which feeds', () => {
    const assets = (sources: object) =>
      JSON.stringify({
        version: 3,
        targets: { net8: { 'A/1.0.0': { dependencies: { B: '1.0.0' } }, 'B/1.0.0': {} } },
        libraries: { 'A/1.0.0': { type: 'package' }, 'B/1.0.0': { type: 'package' } },
        projectFileDependencyGroups: { net8: ['A >= 1.0.0'] },
        project: { restore: { sources } },
      });
    const inventory = parseText(nugetAssets, assets({ 'https://nuget.acme.example/v3/index.json': {} }));
    expect(inventory.components).toMatchObject([
      { relation: 'direct', source: { kind: 'other-registry', host: 'nuget.acme.example' } },
      { relation: 'transitive' },
    ]);
    expect(inventory.chainTo?.(find(inventory, 'B'))).toEqual(['A@1.0.0']);
    const both = assets({ 'https://api.nuget.org/v3/index.json': {}, 'https://nuget.acme.example/v3/index.json': {} });
    expect(parseText(nugetAssets, both).components[0]?.source.kind).toBe('unstated');
  });

  test('a project gives versions in elements, properties and lists of names', () => {
    const text = `<Project Sdk="Microsoft.NET.Sdk">
      <PropertyGroup><SerilogVersion>3.1.1</SerilogVersion></PropertyGroup>
      <ItemGroup>
        <PackageReference Include="A"><Version>1.0.0</Version><PrivateAssets>all</PrivateAssets></PackageReference>
        <PackageReference Include="Serilog" Version="$(SerilogVersion)" />
        <PackageReference Include="B;C" Version="2.*" />
        <PackageReference Remove="D" />
        <PackageDownload Include="E" Version="[3.0.0]" />
      </ItemGroup>
      <Sdk Name="My.Sdk" Version="1.2.3" />
    </Project>`;
    expect(spelled(parseText(nugetProject, text))).toEqual(['A 1.0.0', 'Serilog 3.1.1', 'B 2.*', 'C 2.*', 'E [3.0.0]', 'My.Sdk 1.2.3']);
  });
});

describe('mix.lock', () => {
  const jason = `  "jason": {:hex, :jason, "1.4.1", "${'ab'.repeat(32)}", [:mix], [], "hexpm", "${'cd'.repeat(32)}"}`;

  test('gives the digest of the whole package', () => {
    expect(parseText(mixLock, `%{\n${jason},\n}\n`).components[0]?.digests).toEqual({ sha256: 'cd'.repeat(32) });
  });

  test('of long ago has no checksums', () => {
    expect(spelled(parseText(mixLock, '%{"poison": {:hex, :poison, "1.0.0"}}'.replace('%{', '%{\n ').replace('}}', '}\n}')))).toEqual([
      'poison@1.0.0',
    ]);
  });

  test('cut after an entry is refused', () => {
    expect(refusal(mixLock, `%{\n${jason}`)).toMatch(/^expected a mix.lock that ends/);
  });

  test('without entries is read as empty', () => {
    expect(parseText(mixLock, '%{\n}\n').components).toEqual([]);
    expect(parseText(mixLock, '%{}\n').components).toEqual([]);
  });
});

test('pubspec.lock tells the registry, the digest and the line', () => {
  const text = `packages:
  "odd/name":
    dependency: transitive
    description:
      name: real_name
      sha256: "${'ab'.repeat(32)}"
      url: "https://pub.dev"
    source: hosted
    version: "1.2.0"
  private:
    dependency: transitive
    description:
      name: private
      url: "https://pub.acme.example"
    source: hosted
    version: "1.0.0"
sdks:
  dart: ">=3.0.0 <4.0.0"
`;
  expect(parseText(pubspecLock, text).components).toMatchObject([
    { identity: { name: 'real_name' }, digests: { sha256: 'ab'.repeat(32) }, at: { line: 2, pointer: '/packages/odd~1name' } },
    { source: { kind: 'other-registry', host: 'pub.acme.example' } },
  ]);
});

test('a version of a lock that is an object with methods of its own is refused, not called', () => {
  for (const [format, text] of [
    [cargoLock, '[version]\ntoString = "x"\n\n[[package]]\nname = "a"\nversion = "1"\n'],
    [uvLock, '[version]\ntoString = "x"\n'],
  ] as const)
    expect(refusal(format, text)).toMatch(/^expected .*"toString"/);
});
