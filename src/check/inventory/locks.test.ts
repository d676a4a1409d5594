import { describe, expect, test } from 'vitest';
import { cargoLock } from './cargo-lock.ts';
import { composerLock } from './composer-lock.ts';
import { cyclonedxXml } from './cyclonedx-xml.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { goMod } from './go-mod.ts';
import { goSum } from './go-sum.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import type { InventoryFormat } from './inventory.ts';
import { parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { mavenPom } from './maven-pom.ts';
import { mixLock } from './mix-lock.ts';
import { nugetAssets, nugetLock, nugetProject } from './nuget.ts';
import { pubspecLock } from './pubspec-lock.ts';
import { spdxTagValue } from './spdx-tag-value.ts';
import { spdx3Json } from './spdx3-json.ts';

interface Case {
  readonly format: InventoryFormat;
  readonly text: string;
  /** `name@version`, each with its source and relation where they say more than the registry. */
  readonly expected: readonly string[];
  readonly skipped?: readonly string[];
  /** The chain to the last component. */
  readonly chain?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    format: cargoLock,
    text: `version = 4

[[package]]
name = "mine"
version = "0.1.0"
dependencies = ["rustdecimal", "fork 1.0.0"]

[[package]]
name = "rustdecimal"
version = "1.23.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "${'ab'.repeat(32)}"
dependencies = ["inner"]

[[package]]
name = "fork"
version = "1.0.0"
source = "git+https://git.example/fork?rev=1#abc"

[[package]]
name = "other"
version = "2.0.0"
source = "sparse+https://crates.example/index/"

[[package]]
name = "inner"
version = "0.0.1"
source = "sparse+https://index.crates.io/"
`,
    expected: [
      'rustdecimal@1.23.1 registry direct',
      'fork@1.0.0 git direct',
      'other@2.0.0 other-registry transitive',
      'inner@0.0.1 registry transitive',
    ],
    skipped: ['1 workspace package'],
    chain: ['rustdecimal@1.23.1'],
  },
  {
    format: goMod,
    text: `module example.org/app

go 1.22

require (
\tgithub.com/boltdb-go/bolt v1.3.1
\t"quoted.example/x" v0.1.0 // indirect
)
require single.example/y v1.0.0
replace example.org/fork => ./fork
replace single.example/y v1.0.0 => good.example/y v1.0.1
exclude bad.example/z v1.0.0
tool single.example/y/cmd
`,
    expected: [
      'github.com/boltdb-go/bolt@v1.3.1 registry direct',
      'quoted.example/x@v0.1.0 registry transitive',
      'good.example/y@v1.0.1 registry direct',
    ],
    skipped: ['1 module replaced by a folder'],
  },
  {
    format: goSum,
    text: `github.com/boltdb-go/bolt v1.3.1 h1:${'A'.repeat(43)}=\ngithub.com/boltdb-go/bolt v1.3.1/go.mod h1:${'B'.repeat(43)}=\nbroken line\n`,
    expected: ['github.com/boltdb-go/bolt@v1.3.1 registry '],
    skipped: ['1 module of which only the go.mod was read', '1 line that is no module, version and checksum'],
  },
  {
    format: gemfileLock,
    text: `GIT
  remote: https://git.example/gem.git
  revision: abc
  specs:
    forked (0.2.0)

PATH
  remote: .
  specs:
    mine (1.0.0)
      rest-client (>= 1.6)

GEM
  remote: https://rubygems.org/
  specs:
    rest-client (1.6.13)
      mime-types (>= 1.16)
    nokogiri (1.16.0-x86_64-linux)
    mime-types (3.1)

PLATFORMS
  ruby

DEPENDENCIES
  forked!
  mine!
  rest-client (>= 1.6)

BUNDLED WITH
   2.5.0
`,
    expected: [
      'forked@0.2.0 git direct',
      'rest-client@1.6.13 registry direct',
      'nokogiri@1.16.0 registry transitive',
      'mime-types@3.1 registry transitive',
    ],
    skipped: ['1 the project itself'],
    chain: ['rest-client@1.6.13'],
  },
  {
    format: composerLock,
    text: JSON.stringify({
      packages: [
        {
          name: 'vendor/app',
          version: 'v1.2.0',
          require: { 'vendor/lib': '^1', php: '>=8' },
          'notification-url': 'https://packagist.org/downloads/',
        },
        { name: 'vendor/own', version: 'dev-main', source: { type: 'git', url: 'https://git.example/own.git' } },
        { name: 'nothing' },
        { name: 'vendor/lib', version: '1.0.0', 'notification-url': 'https://packagist.org/downloads/' },
      ],
      'packages-dev': [{ name: 'vendor/mirror', version: '2.0', 'notification-url': 'https://repo.example/downloads/' }],
      'plugin-api-version': '2.6.0',
    }),
    expected: [
      'vendor/app@v1.2.0 registry ',
      'vendor/own@dev-main git ',
      'vendor/lib@1.0.0 registry ',
      'vendor/mirror@2.0 other-registry ',
    ],
    skipped: ['1 package without vendor and name'],
  },
  {
    format: nugetLock,
    text: JSON.stringify({
      version: 1,
      dependencies: {
        'net8.0': {
          Newtonsoft: { type: 'Direct', requested: '[13.0.1, )', resolved: '13.0.1' },
          Inner: { type: 'Transitive', resolved: '1.0.0' },
          shop: { type: 'Project' },
          Odd: { type: 'Direct' },
        },
        'net9.0': { Newtonsoft: { type: 'Direct', resolved: '13.0.1' } },
      },
    }),
    expected: ['Newtonsoft@13.0.1 registry direct', 'Inner@1.0.0 registry transitive'],
    skipped: ['1 workspace package', '1 package without resolved version'],
  },
  {
    format: nugetAssets,
    text: JSON.stringify({
      version: 3,
      targets: {},
      libraries: { 'Newtonsoft.Json/13.0.1': { type: 'package' }, 'shop/1.0.0': { type: 'project' }, nothing: {} },
    }),
    expected: ['Newtonsoft.Json@13.0.1 registry '],
    skipped: ['1 workspace package', '1 library without name and version'],
  },
  {
    format: nugetProject,
    text: '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Serilog" Version="3.1.*" /><PackageReference Include="Central" /><PackageReference Include="Prop" Version="$(V)"/></ItemGroup></Project>',
    expected: ['Serilog 3.1.* registry direct'],
    skipped: ['1 package whose version stands elsewhere', '1 package whose version is a property'],
  },
  {
    format: nugetProject,
    text: '<?xml version="1.0"?>\n<packages>\n  <package id="jQuery" version="3.1.1" targetFramework="net46" />\n</packages>',
    expected: ['jQuery@3.1.1 registry direct'],
  },
  {
    format: mavenPom,
    text: `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>7</version></parent>
  <version>2.0</version>
  <properties><guava.version>33.0</guava.version></properties>
  <dependencies>
    <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>\${guava.version}</version></dependency>
    <dependency><groupId>org.example</groupId><artifactId>mine</artifactId><version>\${project.version}</version><exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
    <dependency><groupId>org.example</groupId><artifactId>ranged</artifactId><version>[1,2)</version></dependency>
    <dependency><groupId>org.example</groupId><artifactId>managed</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.1</version></plugin></plugins></build>
</project>`,
    expected: [
      'org.example/parent@7 registry direct',
      'com.google.guava/guava@33.0 registry direct',
      'org.example/mine@2.0 registry direct',
      'org.example/ranged [1,2) registry direct',
      'org.apache.maven.plugins/maven-jar-plugin@3.4.1 registry direct',
    ],
    skipped: ['1 dependency whose version stands elsewhere'],
  },
  {
    format: gradleLockfile,
    text: '# This is a Gradle generated file for dependency locking.\ncom.google.guava:guava:33.0-jre=compileClasspath,runtimeClasspath\nodd\nempty=annotationProcessor\n',
    expected: ['com.google.guava/guava@33.0-jre registry '],
    skipped: ['1 line that is no group:artifact:version=configurations'],
  },
  {
    format: mixLock,
    text: `%{
  "jason": {:hex, :jason, "1.4.1", "${'ab'.repeat(32)}", [:mix], [{:decimal, "~> 1.0", [hex: :decimal]}], "hexpm", "${'cd'.repeat(32)}"},
  "own": {:hex, :own, "0.1.0", "${'ab'.repeat(32)}", [:mix], [], "acme", "${'cd'.repeat(32)}"},
  "fork": {:git, "https://git.example/fork.git", "${'a'.repeat(40)}", []},
  "odd": {:path, "x"},
}
`,
    expected: ['jason@1.4.1 registry ', 'own@0.1.0 other-registry ', `fork@${'a'.repeat(40)} git `],
    skipped: ['1 entry that is no package of Hex or git'],
  },
  {
    format: pubspecLock,
    text: `packages:
  http:
    dependency: "direct main"
    description:
      name: http
      url: "https://pub.dev"
    source: hosted
    version: "1.2.0"
  mine:
    dependency: transitive
    description:
      url: "https://git.example/mine.git"
      ref: HEAD
    source: git
    version: "0.0.1"
  flutter:
    dependency: "direct main"
    description: flutter
    source: sdk
    version: "0.0.0"
sdks:
  dart: ">=3.0.0 <4.0.0"
`,
    expected: ['http@1.2.0 registry direct', 'mine@0.0.1 git transitive'],
    skipped: ['1 package of the SDK'],
  },
  {
    format: cyclonedxXml,
    text: `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><component type="application"><name>shop</name></component></metadata>
  <components>
    <component type="library"><name>event-stream</name><version>3.3.6</version><hashes><hash alg="SHA-256">${'ab'.repeat(32)}</hash></hashes><purl>pkg:npm/event-stream@3.3.6</purl>
      <components><component type="library"><group>com.example</group><name>inner &amp; more</name><version>1</version></component></components>
    </component>
    <component type="library"><version>1</version></component>
  </components>
</bom>`,
    expected: ['{"kind":"application","name":"inner & more","vendor":"com.example"}@1 unstated transitive', 'event-stream@3.3.6 unstated '],
    skipped: ['1 the project itself', '1 component without purl and name'],
  },
  {
    format: spdxTagValue,
    text: `SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
DocumentComment: <text>PackageName: not-a-package
</text>
PackageName: shop
SPDXID: SPDXRef-app
PackageName: event-stream
SPDXID: SPDXRef-a
PackageVersion: 3.3.6
ExternalRef: PACKAGE-MANAGER purl pkg:npm/event-stream@3.3.6
PackageName: flatmap-stream
SPDXID: SPDXRef-b
PackageVersion: 0.1.1
PackageChecksum: SHA1: ${'ab'.repeat(20)}
ExternalRef: PACKAGE-MANAGER purl pkg:npm/flatmap-stream@0.1.1
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app
Relationship: SPDXRef-app DEPENDS_ON SPDXRef-a
Relationship: SPDXRef-a CONTAINS SPDXRef-b
`,
    expected: ['event-stream@3.3.6 unstated direct', 'flatmap-stream@0.1.1 unstated transitive'],
    skipped: ['1 the project itself'],
    chain: ['event-stream@3.3.6'],
  },
  {
    format: spdx3Json,
    text: JSON.stringify({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'Organization', spdxId: 'urn:3cx', name: '3CX' },
        {
          type: 'software_Package',
          spdxId: 'urn:a',
          name: 'event-stream',
          software_packageVersion: '3.3.6',
          software_packageUrl: 'pkg:npm/event-stream@3.3.6',
        },
        { type: 'software_Package', name: '3CX Desktop App', software_packageVersion: '18.12.416', suppliedBy: 'urn:3cx' },
        { type: 'software_File', name: 'x.dll', verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: 'ab'.repeat(32) }] },
        { type: 'software_File', name: 'y' },
      ],
    }),
    expected: [
      'event-stream@3.3.6 unstated ',
      '{"kind":"application","name":"3CX Desktop App","vendor":"3CX"}@18.12.416 unstated ',
      `{"kind":"file","name":"x.dll","digests":{"sha256":"${'ab'.repeat(32)}"}} ? unstated `,
    ],
    skipped: ['1 file without a digest'],
  },
];

describe.each(CASES.map((each) => [each.format.id, each] as const))('%s', (_id, { format, text, expected, skipped = [], chain }) => {
  const inventory = parseText(format, text);

  test('gives every component with where it comes from', () => {
    const names = spelled(inventory);
    expect(inventory.components.map(({ source, relation }, index) => `${names[index]} ${source.kind} ${relation ?? ''}`)).toEqual(expected);
    expect(skippedReasons(inventory)).toEqual(skipped);
  });

  test('says through what a component came', () => {
    const last = inventory.components.at(-1);
    if (chain && last) expect(inventory.chainTo?.(last)).toEqual(chain);
  });

  test('cut anywhere is refused or holds no more than the whole', () => {
    for (const { inventory: part } of readCuts(format, text)) expect(part.components.length).toBeLessThanOrEqual(expected.length + 1);
  });

  test('empty or of another shape is refused', () => {
    for (const shape of ['', ' \n', ...WRONG_SHAPES, '<a/>', '<!DOCTYPE x [<!ENTITY a "b">]><x/>', '\u0000\u0001']) {
      if (format === goSum && shape.trim() === '') continue;
      // What Composer 1 leaves where nothing is installed.
      if (format === composerLock && shape === '[]') continue;
      expect([shape.slice(0, 20), refusal(format, shape)]).toEqual([shape.slice(0, 20), expect.stringMatching(/^expected/)]);
    }
  });
});

describe('hostile XML', () => {
  test.each([
    ['entities of its own', '<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><packages/>'],
    ['a thousand levels', `${'<a>'.repeat(1_000)}`],
    ['elements that overlap', '<packages><a><b></a></b></packages>'],
    ['two roots', '<packages></packages><packages></packages>'],
    ['no end', '<packages><package id="x" version="1"/>'],
  ])('with %s is refused', (_name, text) => {
    expect(refusal(nugetProject, text)).toMatch(/^expected/);
  });
});
