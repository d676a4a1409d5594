const json = (value: unknown): string => JSON.stringify(value, undefined, 2);
const SHA256 = '59e1edf4d82fae4978e97512b0331b7eb21dd4b838b850ba46794d9c7a2c0983';
const COMMIT = '0e58ed8671d6b60d0890c21b07f8835ace038e67';

/** A small valid input of every format, with its path where that matters: what mutations begin with. */
export const samples: Readonly<Record<string, { readonly text: string; readonly path?: string }>> = {
  'npm-lock': {
    text: json({
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { a: '^1.0.0' }, workspaces: ['w'] },
        'node_modules/a': { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==`, dependencies: { '@s/b': '*' } },
        'node_modules/a/node_modules/@s/b': {
          version: '2.0.0',
          resolved: 'git+ssh://git@github.com/s/b.git#0e58ed8671d6b60d0890c21b07f8835ace038e67',
        },
        'node_modules/w': { resolved: 'w', link: true },
        w: { version: '0.0.0' },
      },
      dependencies: { a: { version: '1.0.0', requires: { b: '1' }, dependencies: { b: { version: 'npm:c@1.0.0' } } } },
    }),
  },
  'yarn-lock': {
    text: '# yarn lockfile v1\n\n\na@^1.0.0, "a@npm:1":\n  version "1.0.0"\n  resolved "https://r.example.com/a/-/a-1.0.0.tgz#abc"\n  integrity sha512-x\n  dependencies:\n    "@s/b" "*"\n\n"@s/b@*":\n  version "2.0.0"\n',
  },
  'pnpm-lock': {
    text: "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0(b@2.0.0)\n\npackages:\n\n  a@1.0.0:\n    resolution: {integrity: sha512-x}\n    peerDependencies:\n      b: '*'\n\n  '@s/b@2.0.0':\n    resolution: {tarball: https://codeload.github.com/s/b/tar.gz/abc}\n\nsnapshots:\n\n  a@1.0.0(b@2.0.0):\n    dependencies:\n      '@s/b': 2.0.0\n",
  },
  'bun-lock': {
    text: '{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0", }, }, },\n  "packages": {\n    "a": ["a@1.0.0", "", { "dependencies": { "b": "*" } }, "sha512-x"],\n    "a/b": ["b@git+https://github.com/s/b#abc", {}, "abc"],\n  },\n}\n',
  },
  'installed-npm-package': {
    text: json({ name: 'a', version: '1.0.0', _resolved: 'https://r.example.com/a.tgz', _integrity: 'sha512-x' }),
    path: 'node_modules/a/package.json',
  },
  'vscode-extensions': { text: 'some.theme@1.2.3\nother.tool@0.1.0\n' },
  'package-json': {
    text: json({
      name: 'shop',
      dependencies: { a: '^1.0.0', b: 'npm:c@2', d: 'github:s/d#main', e: 'file:../e', f: '1.0.0' },
      overrides: { a: '1' },
    }),
    path: 'package.json',
  },
  requirements: {
    text: '-r base.txt\n# remark\na==1.0.0 ; python_version < "3.9" \\\n    --hash=sha256:abc\nb[x,y]>=1,<2\n-e git+https://github.com/s/c.git@v1#egg=c\n./local\nd @ https://h.example.com/d-1.0-py3-none-any.whl\n',
    path: 'requirements.txt',
  },
  'poetry-lock': {
    text: '[[package]]\nname = "a"\nversion = "1.0.0"\nfiles = [{file = "a.whl", hash = "sha256:abc"}]\n\n[package.dependencies]\nb = ">=1"\n\n[package.source]\ntype = "git"\nurl = "https://github.com/s/a"\nresolved_reference = "abc"\n\n[metadata]\nlock-version = "2.0"\npython-versions = "*"\ncontent-hash = "x"\n',
  },
  'pipfile-lock': {
    text: json({
      _meta: { 'pipfile-spec': 6, sources: [{ name: 'pypi', url: 'https://pypi.org/simple' }] },
      default: { a: { version: '==1.0.0', hashes: ['sha256:abc'], index: 'pypi' } },
      develop: { b: { git: 'https://github.com/s/b', ref: 'abc' } },
    }),
  },
  'pdm-lock': {
    text: '[metadata]\nlock_version = "4.3"\ncontent_hash = "sha256:abc"\ngroups = ["default"]\n\n[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = ["b>=1"]\n\n[[package]]\nname = "b"\nversion = "2.0"\ngit = "https://github.com/s/b"\nrevision = "abc"\n',
  },
  'uv-lock': {
    text: 'version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "a" }]\n\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://h.example.com/a.tar.gz", hash = "sha256:abc", size = 1 }\n',
  },
  pylock: {
    text: 'lock-version = "1.0"\ncreated-by = "x"\n\n[[packages]]\nname = "a"\nversion = "1.0.0"\nindex = "https://pypi.org/simple"\nwheels = [{ name = "a.whl", url = "https://h.example.com/a.whl", hashes = { sha256 = "abc" } }]\n\n[[packages]]\nname = "b"\nvcs = { type = "git", url = "https://github.com/s/b", commit-id = "abc" }\n',
  },
  pyproject: {
    text: '[project]\nname = "shop"\ndependencies = ["a>=1", "b @ git+https://github.com/s/b"]\n\n[project.optional-dependencies]\nx = ["c==1.0"]\n\n[tool.poetry.dependencies]\npython = "^3.9"\nd = { version = "^1", extras = ["y"] }\n',
  },
  'python-metadata': {
    text: 'Metadata-Version: 2.1\nName: a\nVersion: 1.0.0\nRequires-Dist: b\n\nLong text\n',
    path: 'a-1.0.0.dist-info/METADATA',
  },
  'go-mod': {
    text: 'module example.com/shop\n\ngo 1.22\n\nrequire (\n\tgithub.com/s/a v1.0.0\n\tgithub.com/s/b v0.0.0-20240101000000-0e58ed8671d6 // indirect\n)\n\nreplace github.com/s/a => ../a\n\nexclude github.com/s/c v1.0.0\n',
  },
  'go-sum': {
    text: 'github.com/s/a v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ngithub.com/s/a v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  },
  'cargo-lock': {
    text: `version = 3\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\ndependencies = ["a 1.0.0"]\n\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${SHA256}"\n`,
  },
  'gemfile-lock': {
    text: 'GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0.0)\n      b (>= 1)\n    b (2.0.0-x86_64-linux)\n\nGIT\n  remote: https://github.com/s/c.git\n  revision: abc\n  specs:\n    c (1.0)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  a\n  c!\n\nBUNDLED WITH\n   2.4.0\n',
  },
  'composer-lock': {
    text: json({
      'content-hash': 'x',
      packages: [
        {
          name: 's/a',
          version: 'v1.0.0',
          source: { type: 'git', url: 'https://github.com/s/a.git', reference: 'abc' },
          dist: { type: 'zip', url: 'https://api.github.com/x', shasum: '' },
          require: { 's/b': '^1' },
        },
      ],
      'packages-dev': [{ name: 's/b', version: 'dev-main' }],
    }),
  },
  'maven-pom': {
    text: '<project xmlns="http://maven.apache.org/POM/4.0.0"><groupId>g</groupId><artifactId>shop</artifactId><version>1</version><properties><v>1.0</v></properties><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>1.0</version><scope>test</scope></dependency></dependencies></project>',
  },
  'gradle-lockfile': {
    text: '# This is a Gradle generated file for dependency locking.\ng:a:1.0.0=compileClasspath,runtimeClasspath\ng:b:2.0=testCompileClasspath\nempty=annotationProcessor\n',
  },
  'nuget-lock': {
    text: json({
      version: 1,
      dependencies: {
        'net8.0': {
          A: { type: 'Direct', requested: '[1.0.0, )', resolved: '1.0.0', contentHash: 'x==', dependencies: { B: '1.0' } },
          B: { type: 'Transitive', resolved: '1.0.0' },
        },
      },
    }),
  },
  'nuget-assets': {
    text: json({
      version: 3,
      targets: { 'net8.0': { 'A/1.0.0': { type: 'package', dependencies: { B: '1.0.0' } }, 'B/1.0.0': { type: 'package' } } },
      libraries: { 'A/1.0.0': { sha512: 'x==', type: 'package', path: 'a/1.0.0' }, 'B/1.0.0': { type: 'package' } },
      project: { frameworks: { 'net8.0': { dependencies: { A: { target: 'Package', version: '[1.0.0, )' } } } } },
    }),
  },
  'nuget-project': {
    text: '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="A" Version="1.0.0" /><PackageReference Include="B"><Version>[1,2)</Version></PackageReference></ItemGroup></Project>',
    path: 'shop.csproj',
  },
  'mix-lock': {
    text: '%{\n  "a": {:hex, :a, "1.0.0", "abc", [:mix], [{:b, "~> 1.0", [hex: :b, repo: "hexpm", optional: false]}], "hexpm", "def"},\n  "c": {:git, "https://github.com/s/c.git", "0e58ed8671d6b60d0890c21b07f8835ace038e67", []},\n}\n',
  },
  'pubspec-lock': {
    text: 'packages:\n  a:\n    dependency: "direct main"\n    description:\n      name: a\n      sha256: abc\n      url: "https://pub.dev"\n    source: hosted\n    version: "1.0.0"\n  b:\n    dependency: transitive\n    description:\n      path: "."\n      ref: main\n      resolved-ref: abc\n      url: "https://github.com/s/b"\n    source: git\n    version: "0.1.0"\nsdks:\n  dart: ">=3.0.0 <4.0.0"\n',
  },
  'cyclonedx-json': {
    text: json({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { type: 'application', name: 'shop', 'bom-ref': 'shop' } },
      components: [
        {
          type: 'library',
          'bom-ref': 'a',
          name: 'a',
          version: '1.0.0',
          purl: 'pkg:npm/a@1.0.0',
          hashes: [{ alg: 'SHA-256', content: SHA256 }],
          components: [{ type: 'file', name: 'f' }],
        },
      ],
      dependencies: [{ ref: 'shop', dependsOn: ['a'] }],
    }),
  },
  'cyclonedx-xml': {
    text: '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library" bom-ref="a"><name>a</name><version>1.0.0</version><purl>pkg:npm/a@1.0.0</purl><hashes><hash alg="MD5">d41d8cd98f00b204e9800998ecf8427f</hash></hashes></component></components><dependencies><dependency ref="a"/></dependencies></bom>',
  },
  'spdx-json': {
    text: json({
      spdxVersion: 'SPDX-2.3',
      SPDXID: 'SPDXRef-DOCUMENT',
      name: 'x',
      packages: [
        {
          SPDXID: 'SPDXRef-a',
          name: 'a',
          versionInfo: '1.0.0',
          checksums: [{ algorithm: 'SHA256', checksumValue: SHA256 }],
          externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/a@1.0.0' }],
        },
      ],
      relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-a' }],
    }),
  },
  'spdx3-json': {
    text: json({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'CreationInfo', '@id': '_:c', specVersion: '3.0.1' },
        {
          type: 'software_Package',
          spdxId: 'urn:a',
          name: 'a',
          software_packageVersion: '1.0.0',
          software_packageUrl: 'pkg:npm/a@1.0.0',
          verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: SHA256 }],
        },
        { type: 'Relationship', from: 'urn:a', to: ['urn:b'], relationshipType: 'dependsOn' },
      ],
    }),
  },
  'spdx-tag-value': {
    text: `SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: x\n\nPackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1.0.0\nPackageComment: <text>several\nlines</text>\nPackageChecksum: SHA256: ${SHA256}\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1.0.0\n\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n`,
  },
  'github-workflow': {
    text: `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container: node:20\n    steps:\n      - uses: actions/checkout@v4\n      - uses: s/a/sub@${COMMIT} # v1\n      - uses: docker://alpine:3.19\n      - uses: ./local\n      - run: npx a@1.0.0\n`,
    path: '.github/workflows/x.yml',
  },
  html: {
    text: '<!doctype html><script src="https://cdn.example.com/npm/a@1.0.0/x.js" integrity="sha256-x"></script><link rel=stylesheet href="//h.example.com/a.css"><script>import("https://esm.sh/b@2")</script>',
    path: 'x.html',
  },
  'dpkg-status': {
    text: 'Package: liblzma5\nStatus: install ok installed\nArchitecture: amd64\nSource: xz-utils (5.6.1-1)\nVersion: 5.6.1-1\nDescription: x\n long\n .\n text\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n',
  },
  'rpm-list': { text: 'xz-libs-5.6.1-1.fc41.x86_64\njava-21-openjdk-1:21.0.3-1.fc40.x86_64\n' },
  'apk-installed': { text: 'C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:xz-libs\nV:5.6.1-r0\nA:x86_64\no:xz\n\nP:musl\nV:1.2.5-r0\n\n' },
  'pacman-list': { text: 'xz 5.6.1-1\njdk-openjdk 1:21.0.2-1\nvim 9.1.0-1 -> 9.1.1-1\n' },
  'winget-export': {
    text: json({
      $schema: 'https://aka.ms/winget-packages.schema.2.0.json',
      Sources: [
        {
          Packages: [{ PackageIdentifier: 'Some.Tool', Version: '1.0.0' }],
          SourceDetails: { Argument: 'https://cdn.winget.microsoft.com/cache', Name: 'winget' },
        },
      ],
      WinGetVersion: '1.9.0',
    }),
  },
  'winget-list': {
    text: 'Name                 Id                  Version    Available Source\n-------------------------------------------------------------------\nSome Phone Desktop   Vendor.Phone        18.12.416  18.13     winget\nOther Tool           Other.Tool          1.0                  winget\n',
  },
  osquery: {
    text: json([
      {
        name: 'Some Phone',
        version: '18.12.416',
        publisher: 'Some Vendor',
        install_date: '20230401',
        identifying_number: '{X}',
        install_location: 'C:\\x',
      },
    ]),
  },
  homebrew: {
    text: json({
      formulae: [{ name: 'xz', full_name: 'xz', tap: 'homebrew/core', installed: [{ version: '5.6.1_1', time: 1_710_000_000 }] }],
      casks: [{ token: 'some-phone', name: ['Some Phone'], tap: 'homebrew/cask', installed: '18.12.416,2' }],
    }),
  },
  'browser-extensions': {
    text: json({
      schemaVersion: 37,
      addons: [
        { id: 'helper@example.com', version: '2.0.1', type: 'extension', location: 'app-profile', defaultLocale: { name: 'Tab Helper' } },
      ],
    }),
    path: 'extensions.json',
  },
  'mixed-list': {
    text: `pkg:npm/a@1.0.0\nevil[.]example[.]com\nsome-name@1.2.3\n@s/b 2.0.0\nctx==0.2.2\nowner/repo@v1\n${SHA256}  some.exe\n192.0.2.1:443, 2001:db8::1\n`,
  },
  'hash-list': { text: `${SHA256}  some.exe\nMD5 (other.exe) = 0cc175b9c0f1b6a831c399e269772661\n` },
  'purl-list': { text: 'pkg:npm/%40s/b@2.0.0\npkg:pypi/a@1.0.0?x=y#z\n# remark\npkg:github/s/a@v1\n' },
  'domain-list': { text: 'hxxps://evil[.]example[.]com/x\n0.0.0.0 ads.example.net\n192.0.2.1:443\n' },
  'dns-log': {
    text: 'Mar 29 10:00:00 host dnsmasq[1]: query[A] evil.example.com from 192.0.2.1\n1711706400.123 200 192.0.2.1 TCP_MISS/200 10 GET http://evil.example.com/x - DIRECT/192.0.2.2 text/html\n192.0.2.1 - - [29/Mar/2023:10:00:00 +0000] "GET https://a.example.org/ HTTP/1.1" 200 1\n',
  },
};
