import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { toPythonSpecifier } from './poetry-constraint.ts';
import { pyproject } from './pyproject.ts';

const standard = `[build-system]
requires = ["hatchling>=1.20"]
build-backend = "hatchling.build"

[project]
name = "shop"
version = "1.0.0"
dependencies = [
  "requests[socks]>=2.28,<3 ; python_version > '3.8'",
  "pinned==1.2.3",
  "forked",
  "shop-web",
  "company",
  "direct @ https://example.com/direct-1.0.tar.gz",
  "not a requirement",
]

[project.optional-dependencies]
all = ["shop[extra]", "rich"]

[dependency-groups]
test = ["pytest>8", { include-group = "lint" }]
lint = ["ruff"]

[tool.uv]
dev-dependencies = ["mypy==1.*"]

[tool.uv.sources]
forked = { git = "https://github.com/someone/forked", tag = "v1" }
shop-web = { workspace = true }
company = { index = "company" }

[[tool.uv.index]]
name = "company"
url = "https://pypi.example.com/simple"
`;

const poetry = `[tool.poetry]
name = "shop"

[tool.poetry.dependencies]
python = "^3.10"
django = "^4.2"
any = "*"
extra = { version = "~1.4", extras = ["x"], source = "company" }
forked = { git = "https://github.com/someone/forked.git", rev = "0123456789abcdef0123456789abcdef01234567" }
folder = { path = "../folder", develop = true }
several = [{ version = "<2", python = "<3.9" }, { version = ">=2", python = ">=3.9" }]
wrong = 5

[tool.poetry.group.dev.dependencies]
black = "24.1.0"

[[tool.poetry.source]]
name = "company"
url = "https://pypi.example.com/simple"
`;

describe('pyproject.toml', () => {
  const inventory = parseText(pyproject, standard);

  test('what a project asks for is never a version', () => {
    expect(spelled(inventory)).toEqual([
      'requests >=2.28,<3',
      'pinned ==1.2.3',
      'forked git+https://github.com/someone/forked@v1',
      'company *',
      'direct@1.0',
      'rich *',
      'pytest >8',
      'ruff *',
      'hatchling >=1.20',
      'mypy ==1.*',
    ]);
    expect(skippedReasons(inventory)).toEqual(['1 workspace package', '1 text that is no requirement', '1 the project itself']);
    expect(new Set(inventory.components.map(({ relation }) => relation))).toEqual(new Set(['direct']));
  });

  test.each([
    ['requests', { kind: 'registry' }],
    ['forked', { kind: 'git', url: 'git+https://github.com/someone/forked@v1' }],
    ['company', { kind: 'other-registry', host: 'pypi.example.com' }],
    ['direct', { kind: 'url', url: 'https://example.com/direct-1.0.tar.gz' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('the place is a pointer', () => {
    expect(find(inventory, 'rich').at).toEqual({ pointer: '/project/optional-dependencies/all/1' });
  });

  test('the tables of Poetry are read in the notation of Python', () => {
    const read = parseText(pyproject, poetry);
    expect(spelled(read)).toEqual([
      'django >=4.2,<5',
      'any *',
      'extra >=1.4,<1.5',
      'forked@0123456789abcdef0123456789abcdef01234567',
      'folder ../folder',
      'several <2',
      'several >=2',
      'black ==24.1.0',
    ]);
    expect(find(read, 'extra').source).toEqual({ kind: 'other-registry', host: 'pypi.example.com' });
    expect(find(read, 'folder').source).toEqual({ kind: 'path', path: '../folder' });
    expect(skippedReasons(read)).toEqual(['1 dependency without a constraint']);
  });

  test.each(['[project]\nname = "x"\n', '[tool.black]\nline-length = 100\n', '[build-system]\nrequires = []\n'])(
    '%j asks for nothing',
    (text) => {
      expect(parseText(pyproject, text).components).toEqual([]);
    },
  );

  test.each([
    ['', 'empty file'],
    ['name = "x"\n', 'found none'],
    ['{"name": "x"}', 'something else'],
    ['[project\n', 'something else'],
    [`x = ${'{a='.repeat(10_000)}`, 'something else'],
  ])('%.40j is refused', (text, message) => {
    expect(refusal(pyproject, text)).toContain(message);
  });

  test('a cut is refused, or holds a part', () => {
    for (const { inventory: part } of readCuts(pyproject, standard)) {
      expect(part.components.length).toBeLessThanOrEqual(inventory.components.length + 1);
    }
  });

  test('wrong types everywhere', () => {
    const text = `[project]
dependencies = "requests"
optional-dependencies = [1]
[dependency-groups]
x = 5
__proto__ = ["a"]
[tool]
uv = 1
poetry = { dependencies = [1], group = 5, source = {} }
pdm = { dev-dependencies = { y = [1, "b>=1"] } }
`;
    expect(spelled(parseText(pyproject, text))).toEqual(['a *', 'b >=1']);
  });
});

describe('constraints of Poetry', () => {
  test.each([
    ['^1.2.3', '>=1.2.3,<2'],
    ['^0.2.3', '>=0.2.3,<0.3'],
    ['^0.0.3', '>=0.0.3,<0.0.4'],
    ['^0.0', '>=0.0,<0.1'],
    ['^0', '>=0,<1'],
    ['~1.2.3', '>=1.2.3,<1.3'],
    ['~1', '>=1,<2'],
    ['~=1.4', '~=1.4'],
    ['1.*', '==1.*'],
    ['=1.0', '==1.0'],
    ['1.0', '==1.0'],
    ['>= 1.2, <2.0', '>=1.2,<2.0'],
    ['>=1.2 !=1.5', '>=1.2,!=1.5'],
    ['^1.2,!=1.3', '>=1.2,<2,!=1.3'],
    ['*', '*'],
    ['^1.0 || ^2.0', '^1.0 || ^2.0'],
  ])('%s is %s', (constraint, specifier) => {
    expect(toPythonSpecifier(constraint)).toBe(specifier);
  });
});
