import { describe, expect, test } from 'vitest';
import { githubWorkflow } from './github-workflow.ts';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256:${'ab'.repeat(32)}`;

const workflow = `# Runs on each push
name: Test
on: [push]
defaults: &defaults
  runs-on: ubuntu-latest
jobs:
  test:
    runs-on: ubuntu-latest
    container:
      image: node:20-bookworm
    services:
      db:
        image: ghcr.io/someone/postgres:16
      cache: redis
    steps:
      - uses: actions/checkout@v4
      - name: Changed files
        uses: someone/changed-files@${COMMIT} # v4
      #- uses: old/one@v1
      - uses: "someone/toolbox/setup/go@release/2.x"
      - { uses: 'Someone/Flow@1.2.3', with: { x: y } }
      - uses: ./.github/actions/local
      - uses: docker://alpine:3.8
      - uses: docker://quay.io/someone/tool:1@${DIGEST}
      - run: |
          echo "uses: not/this@v1"
      - uses: no-owner
      - uses: someone/\${{ matrix.action }}@v1
      - uses: someone/unfixed
  build:
    container: docker.io/library/golang
    uses: someone/shared/.github/workflows/build.yml@main
    secrets: inherit
  odd:
    container: \${{ matrix.image }}
    steps:
      - uses: [a, b]
      - text
`;

describe('a workflow', () => {
  const inventory = parseText(githubWorkflow, workflow);

  test('each use is a component with its tag, branch or commit', () => {
    expect(spelled(inventory)).toEqual([
      'actions/checkout@v4',
      `someone/changed-files@${COMMIT}`,
      'someone/toolbox@release/2.x',
      'Someone/Flow@1.2.3',
      'alpine@3.8',
      `someone/tool@${DIGEST}`,
      'someone/unfixed ?',
      'node@20-bookworm',
      'someone/postgres@16',
      'redis@latest',
      'someone/shared@main',
      'golang@latest',
    ]);
  });

  test('what is local, odd or made by an expression is skipped with a reason', () => {
    expect(skippedReasons(inventory)).toEqual([
      '1 action or workflow of the repository itself',
      '1 reference that is no owner/repository@ref',
      '1 reference made by an expression',
      '1 uses that is no text',
      '1 step that is no mapping',
      '1 image made by an expression',
    ]);
  });

  test.each(inventory.components.map((component) => [component.identity.kind === 'package' ? component.identity.name : '', component]))(
    'the line of %s is the one that names it',
    (name, { at }) => {
      const last = String(name).split('/').at(-1) ?? '';
      expect(workflow.split('\n')[(at.line ?? 0) - 1]).toContain(last);
    },
  );

  test('a comment with another version beside a commit changes nothing', () => {
    expect(find(inventory, 'someone/changed-files').version).toBe(COMMIT);
    expect(find(inventory, 'someone/changed-files').at).toEqual({ line: 18 });
  });

  test('an action in a folder is also known by its path', () => {
    expect(find(inventory, 'someone/toolbox').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/toolbox/setup/go' }, version: 'release/2.x' },
    ]);
  });

  test('images are of Docker Hub or of another registry', () => {
    expect(find(inventory, 'node').source).toEqual({ kind: 'registry' });
    expect(find(inventory, 'someone/postgres').source).toEqual({ kind: 'other-registry', host: 'ghcr.io' });
    expect(find(inventory, 'node').identity).toEqual({ kind: 'package', type: 'docker', name: 'node' });
  });

  test('an image with a digest is known by its tag and digest too', () => {
    const image = find(inventory, 'someone/tool');
    expect(image.alsoKnownAs?.map(({ version }) => version)).toEqual(['1']);
    expect(image.digests).toEqual({ sha256: 'ab'.repeat(32) });
  });
});

test('a composite action is read', () => {
  const action = `name: x\nruns:\n  using: composite\n  steps:\n    - uses: a/b@v1\n    - run: true\n      shell: bash\n`;
  expect(spelled(parseText(githubWorkflow, action, 'action.yml'))).toEqual(['a/b@v1']);
});

test.each([
  ['docker://alpine:3.10', ['alpine@3.10'], []],
  ['Dockerfile', [], ['1 image built from a file of the action']],
])('a Docker action of image %s is read', (image, components, skipped) => {
  const inventory = parseText(githubWorkflow, `runs:\n  using: docker\n  image: ${image}\n`);
  expect(spelled(inventory)).toEqual(components);
  expect(skippedReasons(inventory)).toEqual(skipped);
});

test('a JavaScript action and a workflow without uses hold nothing', () => {
  expect(parseText(githubWorkflow, 'runs:\n  using: node20\n  main: index.js\n').components).toEqual([]);
  expect(parseText(githubWorkflow, 'on: push\njobs:\n  a:\n    steps:\n      - run: make\n').components).toEqual([]);
});

test('a commit in upper case is compared in lower case', () => {
  const text = `runs:\n  steps:\n    - uses: a/b@${COMMIT.toUpperCase()}\n`;
  expect(spelled(parseText(githubWorkflow, text))).toEqual([`a/b@${COMMIT}`]);
});

test.each([
  ['', 'expected a workflow or an action, found an empty file'],
  ['name: x\n', 'expected a workflow with jobs or an action with runs, found neither'],
  ['jobs: [a]\n', 'expected a workflow with jobs or an action with runs, found neither'],
  ['jobs:\n  a:\n   b: [\n', 'expected YAML, found a fault'],
])('%j is refused', (text, message) => {
  expect(refusal(githubWorkflow, text)).toContain(message);
});

describe('scripts', () => {
  const addresses = (run: string) =>
    parseText(githubWorkflow, `jobs:\n  a:\n    steps:\n      - run: ${JSON.stringify(run)}\n`).components.map(
      ({ identity, at }) => identity.kind === 'network' && `${at.line} ${identity.type} ${identity.value}`,
    );

  test.each([
    ['bash <(curl -s https://codecov.io/bash)', ['4 url https://codecov.io/bash']],
    ['curl -s codecov.io/bash | bash', ['4 url https://codecov.io/bash']],
    ['curl -sSfL evil.example -o out.txt', ['4 domain evil.example']],
    ['wget 192.0.2.7:8080/x', ['4 url https://192.0.2.7:8080/x']],
    ['echo "see https://a.example/b." && npm ci', ['4 url https://a.example/b']],
    ['curl https://user:secret@a.example/x/\u0024{{ matrix.x }}/y', ['4 url https://a.example/x/']],
    ['curl https://$HOST/x \u0024{URL} "$OTHER"', []],
    ['# curl https://a.example/old\npython setup.py && cat data.json', []],
    ['curl https://a.example/x\ncurl https://a.example/x', ['4 url https://a.example/x']],
  ])('%j names %j', (run, expected) => {
    expect(addresses(run)).toEqual(expected);
  });

  test('are read in actions, too, and searched in bounded time', () => {
    const text = `runs:\n  steps:\n    - run: curl codecov.io/bash\n    - run: ${'curl a '.repeat(100_000)}\n`;
    const started = performance.now();
    const inventory = parseText(githubWorkflow, text);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(inventory.components).toMatchObject([{ identity: { type: 'url', value: 'https://codecov.io/bash' }, at: { line: 3 } }]);
    expect(skippedReasons(inventory)).toEqual(['1 rest of a script beyond 200000 characters']);
  });
});

describe('installs in scripts', () => {
  const read = (run: string) => parseText(githubWorkflow, `jobs:\n  a:\n    steps:\n      - run: ${JSON.stringify(run)}\n`);
  const told = (run: string) =>
    read(run).components.map(
      ({ identity, version, requested }) =>
        identity.kind === 'package' && `${identity.type} ${identity.name} ${version ?? `(${requested})`}`,
    );

  test.each([
    ['npm i chalk@5.6.1', ['npm chalk 5.6.1']],
    ['npm install --save-dev -g "@ctrl/tinycolor@4.1.1" debug@^4', ['npm @ctrl/tinycolor 4.1.1', 'npm debug (^4)']],
    ['npm i alias@npm:chalk@5.6.1', ['npm chalk 5.6.1']],
    ['npm --silent install chalk@v5.6.1 >/dev/null 2>&1', ['npm chalk 5.6.1']],
    ['cd app && CI=1 sudo -E pnpm add -w app chalk@5.6.1 || true', ['npm chalk 5.6.1']],
    ['yarn global add chalk@5.6.1; yarn add -D debug@4.4.2', ['npm chalk 5.6.1', 'npm debug 4.4.2']],
    ['npx --yes chalk@5.6.1 other@1.0.0', ['npm chalk 5.6.1']],
    ['npx -y -p chalk@5.6.1 chalk run@1.0.0', ['npm chalk 5.6.1']],
    ['pnpm dlx chalk@5.6.1 x', ['npm chalk 5.6.1']],
    ['pip install litellm==1.82.7', ['pypi litellm 1.82.7']],
    [
      'python3 -m pip install -U -r requirements.txt \'litellm[proxy]==1.82.7\' "ctx>=0.1,<1"',
      ['pypi litellm 1.82.7', 'pypi ctx (>=0.1,<1)'],
    ],
    ['pip3 install \\\n  litellm==1.82.7 \\\n  ctx==0.2.2', ['pypi litellm 1.82.7', 'pypi ctx 0.2.2']],
    ['uv pip install litellm==1.82.7\nuvx litellm@1.82.8 --help', ['pypi litellm 1.82.7', 'pypi litellm 1.82.8']],
    ['gem install rest-client -v 1.6.13', ['gem rest-client 1.6.13']],
    ['gem install rest-client:1.6.13 --no-document', ['gem rest-client 1.6.13']],
    ['gem install rest-client --version "~> 1.6"', ['gem rest-client (~> 1.6)']],
    ['cargo install --locked rustdecimal --version =1.23.1', ['cargo rustdecimal 1.23.1']],
    ['cargo install rustdecimal@1.23.1', ['cargo rustdecimal 1.23.1']],
    ['go install github.com/boltdb-go/bolt/cmd/bolt@v1.3.1', ['golang github.com/boltdb-go/bolt/cmd/bolt v1.3.1']],
    ['if ! npm i chalk@5.6.1; then exit 1; fi', ['npm chalk 5.6.1']],
    ['(npm i chalk@5.6.1) # npm i old@1.0.0', ['npm chalk 5.6.1']],
    ['npm i chalk@5.6.1\nnpm i chalk@5.6.1', ['npm chalk 5.6.1']],
    ['echo "npm i chalk@5.6.1; npm i debug@4.4.2"\n# npm i chalk@5.6.1', []],
    ['npm ci && npm install && npm run i chalk@5.6.1 && pip install . -e ./x && npm i ./local.tgz && go install ./...', []],
  ])('%j', (run, expected) => {
    expect(told(run)).toEqual(expected);
    expect(read(run).components.every(({ relation, at }) => relation === 'direct' && at.line === 4)).toBe(true);
  });

  test('what names no version is counted', () => {
    const run =
      'npm i -g typescript chalk@latest\npip install requests "x==$V"\ngem install rake\ncargo install just\ngo get golang.org/x/tools/gopls@latest\n';
    const inventory = read(
      `${run}npm i chalk@\u0024{{ matrix.chalk }} debug@4.4.2\ngem install a -v $V\npip install -r x.txt . && npm i owner/repo`,
    );
    expect(spelled(inventory)).toEqual(['debug@4.4.2']);
    expect(skippedReasons(inventory)).toEqual([
      '6 install without a version',
      '3 install of what a variable or expression names',
      '2 install of a file, folder, address or repository',
    ]);
  });

  test('another registry is another source, and a module is also known by the paths above', () => {
    expect(read('npm i chalk@5.6.1 --registry https://npm.example').components[1]?.source).toEqual({
      kind: 'other-registry',
      host: 'npm.example',
    });
    expect(read('pip install -i https://pypi.example/simple ctx==1').components[1]?.source).toEqual({
      kind: 'other-registry',
      host: 'pypi.example',
    });
    expect(read('go install github.com/boltdb-go/bolt/cmd@v1.3.1').components[0]?.alsoKnownAs).toEqual(
      ['github.com/boltdb-go', 'github.com/boltdb-go/bolt'].map((name) => ({
        identity: { kind: 'package', type: 'golang', name },
        version: 'v1.3.1',
      })),
    );
  });

  test('an archive that is fetched is the package in it', () => {
    expect(told('curl -O https://files.pythonhosted.org/packages/a/b/c/litellm-1.82.7-py3-none-any.whl').at(-1)).toBe(
      'pypi litellm 1.82.7',
    );
    expect(skippedReasons(read('curl -O https://a.example/x.whl'))).toEqual(['1 address of an archive that names no package']);
  });

  test.each(['"', "'", '\\', 'npm i ', '$(', '(', '>', '"a', 'a=b ', 'npx -p '])('are found in bounded time: %s', (part) => {
    const started = performance.now();
    read(part.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('every cut is refused or read as a part', () => {
  for (const { inventory } of readCuts(githubWorkflow, workflow)) {
    for (const name of spelled(inventory)) expect(workflow).toContain(name.replace(/[@ ].*/, ''));
  }
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(githubWorkflow, text)).toMatch(/^expected/);
  });

  test('aliases are read once', () => {
    const steps = Array.from({ length: 1_000 }, (_, index) => `    - uses: a/b@v${index}`).join('\n');
    const jobs = Array.from({ length: 2_000 }, (_, index) => `  j${index}: *job`).join('\n');
    const inventory = parseText(githubWorkflow, `jobs:\n  first: &job\n    steps:\n${steps.replaceAll(/^/gm, '  ')}\n${jobs}\n`);
    expect(inventory.components.length).toBe(1_000);
  });

  test('names of inherited fields are nothing special', () => {
    const text = 'jobs:\n  __proto__:\n    steps:\n      - uses: a/b@v1\n  constructor:\n    uses: c/d/x.yml@v2\n';
    expect(spelled(parseText(githubWorkflow, text))).toEqual(['a/b@v1', 'c/d@v2']);
  });

  test('jobs and steps of the wrong shape are skipped', () => {
    const inventory = parseText(githubWorkflow, 'jobs:\n  a: text\n  b:\n    steps: {x: y}\n  c:\n    container: {}\n    services: [a]\n');
    expect(skippedReasons(inventory)).toEqual(['1 job that is no mapping', '1 steps that are no list', '1 container without an image']);
  });
});
