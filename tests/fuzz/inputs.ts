import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify as toToml } from 'smol-toml';
import { stringify as toYaml } from 'yaml';
import { samples } from './samples.ts';

/** A sequence of numbers from a seed: the same seed gives the same input. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below `end` (mulberry32). */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

/** What inputs are made of: texts that the unit tests feed to parsers, and the words that parsers look for. */
export interface Material {
  readonly texts: readonly string[];
  /** The same by the first word of the file that they stand in: `npm`, `cyclonedx`. */
  readonly textsOf: ReadonlyMap<string, readonly string[]>;
  /** By the first word of the parser’s file. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly allWords: readonly string[];
}

const LITERAL = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;

/** Reads the material from the sources of the parsers and their tests, so that a new format is fuzzed without anything being added here. */
export function readMaterial(folder: string): Material {
  const texts = new Set<string>();
  const textsOf = new Map<string, string[]>();
  const words = new Map<string, string[]>();
  for (const file of readdirSync(folder).sort()) {
    const literals = [...readFileSync(join(folder, file), 'utf8').matchAll(LITERAL)].map((match) => unescaped(match[1] ?? match[2] ?? ''));
    if (file.endsWith('.test.ts')) {
      const long = literals.filter((text) => text.length > 20 || text.includes('\n')).map((text) => text.slice(0, 20_000));
      for (const text of long) texts.add(text);
      textsOf.set(firstWord(file), [...(textsOf.get(firstWord(file)) ?? []), ...long]);
    }
    if (!file.endsWith('.test.ts')) {
      const wanted = literals.filter((text) => /^[\w@:/.$ -]{1,40}$/.test(text) && !text.startsWith('./'));
      words.set(firstWord(file), [...(words.get(firstWord(file)) ?? []), ...wanted]);
    }
  }
  return { texts: [...texts], textsOf, words, allWords: [...new Set([...words.values()].flat())] };
}

/** `npm-lock.test.ts` → `npm`: the tests of a parser share the beginning of its name. */
function firstWord(file: string): string {
  return /^[a-z0-9]+/.exec(file)?.[0] ?? '';
}

function unescaped(literal: string): string {
  return literal.replace(/\\(n|t|r|0|u[0-9a-f]{4}|x[0-9a-f]{2}|.)/gi, (_, code: string) =>
    code === 'n'
      ? '\n'
      : code === 't'
        ? '\t'
        : code === 'r'
          ? '\r'
          : code === '0'
            ? '\0'
            : code.length > 1
              ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
              : code,
  );
}

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '', ' ', '0', '-1', 'é', '\u202e', '\u0000'];
const VERSIONS = [
  '1.0.0',
  '0.0.0-rc.1+b',
  'v2',
  '^1',
  '*',
  '',
  '1'.repeat(300),
  '9'.repeat(40),
  '1.0.0\n',
  'npm:a@1',
  'file:../x',
  'git+ssh://git@h/x.git#main',
  'https://h/a.tgz',
];

/** One input for a format, by one of several ways. */
export function makeInput(random: Random, material: Material, format: string): Uint8Array {
  const words = [...(material.words.get(firstWord(format)) ?? []), ...KEYS];
  const sample = samples[format]?.text ?? '';
  const own = material.textsOf.get(firstWord(format)) ?? [];
  const text = [sample, sample, random.pick(own.length > 0 ? own : material.texts), random.pick(material.texts)][random.below(4)] ?? sample;
  switch (random.below(8)) {
    case 0:
    case 1:
      return bytesOf(mutated(random, text, material));
    case 2:
    case 3:
      return bytesOf(random.below(4) === 0 ? mutated(random, spelled(random, words), material) : spelled(random, words));
    case 4:
      return bytesOf(lines(random, words));
    case 5:
      return bytesOf(markup(random, words));
    case 6:
      return bytesOf(repetitive(random, words));
    default:
      return damaged(random, bytesOf(random.below(2) ? text : spelled(random, words)));
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A random value in JSON, TOML or YAML. */
function spelled(random: Random, words: readonly string[]): string {
  const value = tree(random, words, 0);
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { [random.pick(words)]: value };
  try {
    switch (random.below(5)) {
      case 0:
        return toToml(object);
      case 1:
        return toYaml(object);
      default:
        return JSON.stringify(value, undefined, random.pick([undefined, 2, '\t']));
    }
  } catch {
    return JSON.stringify(value);
  }
}

function tree(random: Random, words: readonly string[], depth: number): unknown {
  switch (random.below(depth > 6 ? 5 : 9)) {
    case 0:
      return random.pick([null, true, false, 0, -1, 1e300, 3, 2 ** 53]);
    case 1:
    case 2:
      return random.pick(words);
    case 3:
      return random.pick(VERSIONS);
    case 4:
      return `${random.pick(words)}${random.pick(['@', '/', ':', ' ', '==', '#', ', '])}${random.pick(VERSIONS)}`;
    case 5:
      return Array.from({ length: random.below(5) }, () => tree(random, words, depth + 1));
    default: {
      // Assigning `__proto__` would set it; entries make it a member.
      const entries = Array.from({ length: random.below(6) }, () => [random.pick(words), tree(random, words, depth + 1)] as const);
      return Object.fromEntries(entries);
    }
  }
}

function lines(random: Random, words: readonly string[]): string {
  const separators = [' ', '\t', ': ', ' = ', '==', '@', '/', ',', '|', ';', '"', '  - ', '\\', '<', '>'];
  const line = () =>
    Array.from({ length: random.below(6) }, () => `${random.pick([...words, ...VERSIONS])}${random.pick(separators)}`).join('');
  return Array.from({ length: random.below(30) }, () => `${' '.repeat(random.below(5))}${line()}`).join(
    random.pick(['\n', '\r\n', '\n\n']),
  );
}

function markup(random: Random, words: readonly string[]): string {
  const parts: string[] = [random.pick(['<?xml version="1.0"?>', '<!doctype html>', '<!DOCTYPE x [<!ENTITY a "&a;&a;">]>', ''])];
  for (let count = random.below(60); count > 0; count--) {
    const name = random.pick(words).replace(/[^\w:-]/g, '') || 'a';
    parts.push(
      random.pick([
        `<${name}>`,
        `</${name}>`,
        `<${name} ${random.pick(words)}="${random.pick(VERSIONS)}">`,
        random.pick(VERSIONS),
        '<![CDATA[',
        ']]>',
        '<!--',
        '&a;',
      ]),
    );
  }
  return parts.join('');
}

/** What slow patterns and deep recursion trip over. */
function repetitive(random: Random, words: readonly string[]): string {
  const piece = random.pick([
    '[',
    '{"a":',
    '(',
    '<a>',
    '- ',
    'a: {',
    ' ',
    'a',
    '\\',
    '"',
    '\n',
    '=',
    '@',
    '1.',
    '../',
    '%25',
    '&amp;',
    '\t',
    ...words,
  ]);
  return `${random.pick(words)}${random.pick(['', ': ', ' ', '@'])}${piece.repeat(Math.floor(60_000 / Math.max(1, piece.length)))}${random.pick(['', '!', '\n', ...words])}`;
}

function mutated(random: Random, text: string, { texts, allWords }: Material): string {
  let result = text;
  for (let count = 1 + random.below(random.pick([1, 2, 5])); count > 0; count--) {
    const at = random.below(result.length + 1);
    const length = random.below(Math.max(1, Math.min(80, result.length - at)));
    const inserted = random.pick([
      () => random.pick(allWords),
      () => random.pick(VERSIONS),
      () => random.pick(KEYS),
      () => random.pick(texts).slice(0, 400),
      () => result.slice(at, at + length).repeat(random.below(50)),
      () => random.pick(['"', "'", '\n', '{', '}', '[', ']', ':', ',', '\\', '#', '&', '<', '|', '>']),
    ])();
    result = result.slice(0, at) + inserted + result.slice(random.below(3) === 0 ? at : at + length);
  }
  return result.slice(0, 200_000);
}

/** Bytes that are no longer the text they were. */
function damaged(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let count = random.below(10); count > 0 && copy.length > 0; count--) copy[random.below(copy.length)] = random.below(256);
  const cut = copy.subarray(0, random.below(4) === 0 ? random.below(copy.length + 1) : copy.length);
  const mark = random.pick<readonly number[]>([[], [], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0]]);
  return Uint8Array.from([...mark, ...cut]);
}
