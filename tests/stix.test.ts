import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Selection } from '../src/export/export-format.ts';
import { indicatorPattern } from '../src/export/stix/patterns.ts';
import { EXTENSION, extensionSchema, INCIDENT_CORE, PUBLISHER } from '../src/export/stix/publisher.ts';
import { stix, stixCore } from '../src/export/stix/stix.ts';
import { externalReference } from '../src/export/stix/stix-evidence.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import { itemsOf } from '../src/schema/cited.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { findShared } from './support/shared.ts';
import { isStixPattern } from './support/stix-pattern.ts';
import { RULES, type Stix, TIMES, URI } from './support/stix-rules.ts';

const OBSERVABLES = ['software', 'file', 'user-account'];
/** What OpenCTI and misp-stix take in. */
const CORE_TYPES =
  'attack-pattern campaign file identity indicator infrastructure intrusion-set malware marking-definition note relationship report software threat-actor user-account vulnerability'.split(
    ' ',
  );
const NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';

let all: Selection;
const texts = new Map<string, string>();
const bundles = new Map<string, readonly Stix[]>();

function objectsOf(text: string): readonly Stix[] {
  return (JSON.parse(text) as { objects: Stix[] }).objects;
}

function known(day: string): Selection {
  return { ...all, graph: graphAsOf(all.graph, day), incidents: all.incidents.flatMap((record) => incidentAsOf(record, day) ?? []) };
}

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: 'https://example.org/', version: '0.0.0' };
  for (const format of [stix, stixCore]) {
    texts.set(format.id, [...format.render(all)].join(''));
    texts.set(`${format.id} as known on 2021-06-01`, [...format.render(known('2021-06-01'))].join(''));
  }
  for (const [id, text] of texts) bundles.set(id, objectsOf(text));
});

const CASES = ['stix', 'stix-core', 'stix as known on 2021-06-01', 'stix-core as known on 2021-06-01'];

test.each(RULES)('a rule that can fail: $rule', ({ holds, bad }) => {
  expect(holds({ id: 'campaign--1', type: 'campaign' })).toBeTruthy();
  expect(holds({ id: 'campaign--1', type: 'campaign', ...bad })).toBeFalsy();
});

describe.each(CASES)('%s', (id) => {
  const objects = () => bundles.get(id) ?? [];
  const faults = (test: (object: Stix) => unknown) =>
    objects()
      .filter((object) => !test(object))
      .map((object) => JSON.stringify(object).slice(0, 600))
      .slice(0, 3);

  test.each(RULES)('$rule', ({ holds }) => {
    expect(faults(holds)).toEqual([]);
  });

  test('is a bundle of version 2.1', () => {
    const { objects: _, ...envelope } = JSON.parse(texts.get(id) ?? '') as Record<string, unknown>;
    expect(envelope).toEqual({ type: 'bundle', id: expect.stringMatching(/^bundle--[0-9a-f-]{36}$/) as string });
    expect(faults(({ spec_version }) => spec_version === '2.1')).toEqual([]);
  });

  test('has every identifier once, in order', () => {
    const ids = objects().map((object) => object.id);
    expect(ids.length).toBeGreaterThan(500);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('refers only to what it holds, and of the type that the property asks for', () => {
    const types = new Map(objects().map((object) => [object.id, object.type]));
    const dangling = (value: unknown, key = ''): string[] =>
      Array.isArray(value)
        ? value.flatMap((item) => dangling(item, key))
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([name, item]) => dangling(item, name))
          : /_refs?$/.test(key) && !types.has(value as string)
            ? [`${key} ${String(value)}`]
            : [];
    expect(dangling(objects())).toEqual([]);
    expect(faults((object) => object.created_by_ref === undefined || types.get(object.created_by_ref as string) === 'identity')).toEqual(
      [],
    );
  });

  test('says who made each object, and how it may be passed on', () => {
    const made = (object: Stix) => OBSERVABLES.includes(object.type) || object.type === 'marking-definition' || object.created_by_ref;
    expect(faults(made)).toEqual([]);
    expect(faults((object) => object.type === 'marking-definition' || Array.isArray(object.object_marking_refs))).toEqual([]);
  });

  test('has times to the millisecond, in order', () => {
    const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
    expect(faults((object) => TIMES.every((name) => object[name] === undefined || time.test(object[name] as string)))).toEqual([]);
    const ordered = (object: Stix, early: string, late: string, strict = false) =>
      object[early] === undefined ||
      object[late] === undefined ||
      (strict ? String(object[early]) < String(object[late]) : String(object[early]) <= String(object[late]));
    expect(faults((object) => ordered(object, 'created', 'modified'))).toEqual([]);
    expect(faults((object) => ordered(object, 'first_seen', 'last_seen'))).toEqual([]);
    expect(faults((object) => ordered(object, 'valid_from', 'valid_until', true))).toEqual([]);
    expect(faults((object) => OBSERVABLES.includes(object.type) || object.type === 'marking-definition' || object.modified)).toEqual([]);
  });

  test('computes identifiers of observables as the specification says', () => {
    for (const object of objects().filter(({ type }) => OBSERVABLES.includes(type))) expect(object.id).toBe(observable(object));
    const others = objects().filter(({ type }) => !OBSERVABLES.includes(type) && type !== 'marking-definition');
    expect(others.filter((object) => !/--[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab]/.test(object.id))).toEqual([]);
  });

  test('has digests under their names, of their lengths', () => {
    const good = ({ hashes }: Stix) =>
      hashes === undefined ||
      Object.entries(hashes as object).every(([name, digest]) => (digest as string).length === DIGEST_LENGTHS[name]);
    expect(faults(good)).toEqual([]);
  });

  test('has indicators with a name, a description, a type and a pattern that can be read', () => {
    const indicators = objects().filter(({ type }) => type === 'indicator');
    expect(indicators.length).toBeGreaterThan(5);
    const good = (object: Stix) =>
      object.type !== 'indicator' ||
      (object.name && object.description && object.pattern_type === 'stix' && isStixPattern(object.pattern as string));
    expect(faults(good)).toEqual([]);
  });

  test('has external references that lead somewhere', () => {
    const references = objects().flatMap((object) => (object.external_references ?? []) as Record<string, string>[]);
    expect(references.length).toBeGreaterThan(500);
    expect(references.filter(({ source_name, url, external_id }) => !source_name || !(url || external_id))).toEqual([]);
    expect(references.filter(({ url }) => url !== undefined && !/^https?:\/\//.test(url))).toEqual([]);
  });

  test('tells no relationship twice, none to itself, and only suggested ones', () => {
    const ties = objects().filter(({ type }) => type === 'relationship');
    const key = (tie: Stix) => [tie.source_ref, tie.relationship_type, tie.target_ref, tie.created_by_ref, tie.description].join(' ');
    expect(new Set(ties.map(key)).size).toBe(ties.length);
    expect(ties.filter((tie) => tie.source_ref === tie.target_ref)).toEqual([]);
    const shapes = new Set(
      ties.map((tie) => [tie.source_ref, tie.relationship_type, tie.target_ref].map((part) => String(part).split('--')[0]).join(' ')),
    );
    expect([...shapes].filter((shape) => !shape.includes(' related-to ') && !SUGGESTED.includes(shape))).toEqual([]);
  });

  test('wraps every incident with its things in a report', () => {
    const wrapped = new Set(objects().flatMap((object) => (object.type === 'report' ? (object.object_refs as string[]) : [])));
    const things = 'attack-pattern file incident indicator infrastructure software user-account vulnerability'.split(' ');
    expect(
      objects()
        .filter(({ type, id }) => things.includes(type) && !wrapped.has(id))
        .map(({ id }) => id),
    ).toEqual([]);
    const ties = objects().filter(({ type, source_ref }) => type === 'relationship' && /^(incident|indicator)--/.test(String(source_ref)));
    expect(ties.filter(({ id }) => !wrapped.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { MD5: 32, 'SHA-1': 40, 'SHA-256': 64, 'SHA-512': 128 };

const SUGGESTED = [
  'campaign attributed-to intrusion-set',
  'campaign attributed-to threat-actor',
  'campaign uses attack-pattern',
  'campaign uses malware',
  'campaign targets identity',
  'indicator indicates campaign',
  'indicator indicates malware',
  'intrusion-set attributed-to threat-actor',
  'malware variant-of malware',
  // Of the Incident Core extension.
  'incident attributed-to intrusion-set',
  'incident attributed-to threat-actor',
  'incident led-to incident',
  'incident targets identity',
];

const schemas = findShared('conformance/stix-2.1/schemas');

describe.skipIf(!schemas)('the schemas of OASIS (skipped without the shared data)', () => {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: false });
  ajv.addFormat('uri', URI);
  const vocabularies = new Map<string, readonly string[]>();
  const byType = new Map<string, string>();
  const properties = new Map<string, Set<string>>();
  for (const folder of schemas ? ['common', 'observables', 'sdos', 'sros'] : []) {
    for (const name of readdirSync(join(schemas ?? '', folder))) {
      const schema = JSON.parse(readFileSync(join(schemas ?? '', folder, name), 'utf8')) as {
        $id: string;
        definitions?: Record<string, { enum?: string[] }>;
      };
      ajv.addSchema(schema);
      byType.set(name.replace('.json', ''), schema.$id);
      for (const [definition, { enum: values }] of Object.entries(schema.definitions ?? {}))
        if (values) vocabularies.set(definition, values);
      properties.set(name.replace('.json', ''), propertiesIn(schema));
    }
  }

  test.each(CASES)('%s has only properties that STIX defines for their types', (id) => {
    const strange = new Set<string>();
    for (const object of bundles.get(id) ?? [])
      for (const name of Object.keys(object)) if (!properties.get(object.type)?.has(name)) strange.add(`${object.type} ${name}`);
    expect([...strange]).toEqual([]);
  });

  test.each(CASES)('patterns of %s compare properties that STIX defines for observables, and whole digests', (id) => {
    const observables = new Set(readdirSync(join(schemas ?? '', 'observables')).map((name) => name.replace('.json', '')));
    const compared = new Set<string>();
    for (const { pattern = '' } of bundles.get(id) ?? []) {
      for (const [path] of String(pattern)
        .replace(/= '(?:[^'\\]|\\.)*'/g, '')
        .matchAll(/[a-z0-9-]+:[a-z0-9_]+/g))
        compared.add(path);
      for (const [, name = '', digest] of String(pattern).matchAll(/file:hashes\.'([\w-]+)' = '(.*?)'/g))
        expect(digest).toMatch(new RegExp(`^[0-9a-f]{${DIGEST_LENGTHS[name]}}$`));
    }
    const isDefined = ([type = '', name = '']: readonly string[]) => observables.has(type) && properties.get(type)?.has(name);
    expect(compared.size).toBeGreaterThan(3);
    expect([...compared].filter((path) => !isDefined(path.split(':')))).toEqual([]);
  });

  test.each(CASES)('every object of %s is valid', { timeout: 120_000 }, (id) => {
    for (const object of bundles.get(id) ?? []) {
      expect(object.type).toMatch(/^[a-z0-9][a-z0-9-]{2,249}$/);
      const validate = ajv.getSchema(byType.get(object.type) ?? '');
      if (!validate) throw new Error(`no schema for ${object.type}`);
      if (!validate(object)) expect(`${JSON.stringify(object).slice(0, 800)} ${ajv.errorsText(validate.errors)}`).toBe('valid');
    }
  });

  test.each(CASES)('open vocabularies of %s hold', (id) => {
    const used: readonly (readonly [property: string, vocabulary: string])[] = [
      ['indicator_types', 'indicator-type-ov'],
      ['malware_types', 'malware-type-ov'],
      ['report_types', 'report-type-ov'],
      ['threat_actor_types', 'threat-actor-type-ov'],
      ['identity_class', 'identity-class-ov'],
      ['pattern_type', 'pattern-type-ov'],
      ['infrastructure_types', 'infrastructure-type-ov'],
      ['sectors', 'industry-sector-ov'],
      ['resource_level', 'attack-resource-level-ov'],
      ['primary_motivation', 'attack-motivation-ov'],
      ['secondary_motivations', 'attack-motivation-ov'],
      ['roles', 'threat-actor-role-ov'],
      ['sophistication', 'threat-actor-sophistication-ov'],
      ['implementation_languages', 'implementation-language-ov'],
      ['architecture_execution_envs', 'processor-architecture-ov'],
      ['capabilities', 'malware-capabilities-ov'],
    ];
    for (const [property, vocabulary] of used) {
      const allowed = vocabularies.get(vocabulary) ?? [];
      expect(allowed.length, vocabulary).toBeGreaterThan(3);
      const values = new Set((bundles.get(id) ?? []).flatMap((object) => object[property] ?? []));
      expect([...values].filter((value) => !allowed.includes(value as string))).toEqual([]);
    }
  });
});

describe('the full profile', () => {
  test('holds to the schema of our own extension, and defines it', () => {
    const validate = new Ajv({ strict: true }).compile(extensionSchema);
    const objects = bundles.get('stix') ?? [];
    const extensions = objects.flatMap(({ extensions = {} }) => (extensions as Record<string, unknown>)[EXTENSION] ?? []);
    expect(extensions.length).toBeGreaterThan(1_000);
    for (const extension of extensions) expect(validate(extension), JSON.stringify([extension, validate.errors])).toBe(true);
    const definition = objects.find(({ id }) => id === EXTENSION);
    expect(definition).toMatchObject({ version: '1.0.0', extension_types: ['property-extension'] });
    expect(definition?.schema).toMatch(/^https:\/\/example\.org\/data\/.+\.schema\.json$/);
  });

  test('has every incident once, with the Incident Core extension', () => {
    const incidents = (bundles.get('stix') ?? []).filter(({ type }) => type === 'incident');
    expect(incidents.length).toBe(all.incidents.length);
    for (const { extensions } of incidents) {
      expect((extensions as Record<string, unknown>)[INCIDENT_CORE]).toMatchObject({
        determination: expect.stringMatching(/^(successful-attempt|suspected|false-positive)$/) as string,
        investigation_status: expect.stringMatching(/^(open|closed)$/) as string,
      });
    }
  });

  test('tells cascades and every attribution claim by its claimant', () => {
    const objects = bundles.get('stix') ?? [];
    expect(objects.filter((object) => object.relationship_type === 'led-to').length).toBeGreaterThan(3);
    const claims = all.incidents.flatMap(({ data }) => itemsOf(data.attribution));
    const told = objects.filter(({ type, created_by_ref }) => ['relationship', 'note'].includes(type) && created_by_ref !== PUBLISHER);
    expect(told.length).toBeGreaterThan(claims.length * 0.8);
    expect(
      [...new Set(told.map(({ confidence }) => confidence))].filter((number) => ![undefined, 15, 50, 85].includes(number as number)),
    ).toEqual([]);
  });
});

test('the core profile has only what its readers take in', () => {
  const objects = bundles.get('stix-core') ?? [];
  expect([...new Set(objects.map(({ type }) => type))].filter((type) => !CORE_TYPES.includes(type))).toEqual([]);
  expect(objects.filter(({ extensions }) => extensions)).toEqual([]);
});

test('an object does not depend on what else is exported, but for the incidents that name it', () => {
  const some = new Set(all.incidents.slice(40, 60).map(({ data }) => data.id));
  const part = objectsOf([...stix.render({ ...all, incidents: all.incidents.filter(({ data }) => some.has(data.id)) })].join(''));
  const whole = new Map((bundles.get('stix') ?? []).map((object) => [object.id, object]));
  const comparable = part.filter(({ type }) => type !== 'report');
  expect(comparable.length).toBeGreaterThan(200);
  for (const object of comparable) expect(object).toEqual(whole.get(object.id));
});

test('npm and PyPI namesakes are two', () => {
  const names = new Map<string, Set<unknown>>();
  for (const { type, name, vendor, version, id } of bundles.get('stix') ?? []) {
    if (type !== 'software') continue;
    const key = JSON.stringify([name, vendor, version]);
    names.set(key, (names.get(key) ?? new Set()).add(id));
  }
  expect([...names.values()].every(({ size }) => size === 1)).toBe(true);
});

describe('as known on a day', () => {
  const day = '2021-06-01';

  test.each(['stix', 'stix-core'])('%s tells no text of today, no judgement without a document, and no later date', (id) => {
    const then = bundles.get(`${id} as known on ${day}`) ?? [];
    expect(
      then.filter(({ type }) => type === 'note').every(({ abstract }) => /^(Attribution disputed|Indicator: )/.test(String(abstract))),
    ).toBe(true);
    expect(
      then.filter(
        ({ type, description }) => description && !['relationship', 'indicator', 'identity', 'extension-definition'].includes(type),
      ),
    ).toEqual([]);
    const dated = then
      .filter(({ type }) => !['marking-definition', 'extension-definition'].includes(type))
      .filter(({ id: own }) => own !== PUBLISHER);
    for (const object of dated)
      for (const name of ['created', 'modified', 'published']) expect(String(object[name] ?? '').slice(0, 10) <= day).toBe(true);
    const later = all.incidents.flatMap(({ data }) =>
      data.references.filter(({ published }) => published && published.slice(0, 10) > day).map(({ url }) => url),
    );
    const earlier = new Set(
      all.incidents.flatMap(({ data }) =>
        data.references.filter(({ published }) => published && published.slice(0, 10) <= day).map(({ url }) => url),
      ),
    );
    const cited = new Set(
      then.flatMap(({ external_references = [] }) => (external_references as { url?: string }[]).map(({ url }) => url)),
    );
    expect(later.filter((url) => cited.has(url) && !earlier.has(url))).toEqual([]);
  });

  test('identifiers are those of today', () => {
    const today = new Set((bundles.get('stix') ?? []).map(({ id }) => id));
    const strange = (bundles.get(`stix as known on ${day}`) ?? []).filter(({ id, type }) => !today.has(id) && type !== 'note');
    expect(strange.map(({ id }) => id)).toEqual([]);
  });
});

describe('patterns', () => {
  test.each([
    ["it's", 'user-agent'],
    ['C:\\Program Files\\a b\\c.dll', 'file-path'],
    ['back\\slash', 'file-name'],
    ['C:\\', 'file-path'],
    ['/etc', 'file-path'],
    ["'] OR [file:name = 'x", 'file-name'],
    ['HKLM\\Software\\X', 'registry-key'],
    ['run.exe', 'process-name'],
    ['2001:DB8::1', 'ipv6'],
  ] as const)('%s is one comparison of its own', (value, type) => {
    const pattern = indicatorPattern({ type, value, cites: ['a'] }) ?? '';
    expect(isStixPattern(pattern), pattern).toBe(true);
    expect(pattern.replace(/'(?:[^'\\]|\\.)*'/g, '').match(/[[\]]/g)).toHaveLength(2);
  });

  test('what is none is refused by the reader', () => {
    const bad = [
      '',
      'x',
      '[]',
      "[file:name = 'a]",
      "[file:name = 'a' OR]",
      "[file:name == 'a']",
      "[file = 'a']",
      "[file:hashes.SHA-256 = 'a']",
    ];
    expect(bad.filter(isStixPattern)).toEqual([]);
  });
});

test('an address is escaped where RFC 3986 asks for it, and otherwise left as it is', () => {
  const url = (address: string) => {
    const reference = externalReference({ id: 'a', kind: 'vendor', title: 'T', publisher: 'P', url: address });
    return (reference as { url: string }).url;
  };
  expect(url('https://example.org/correção?a[]=1|2&b=100%#x%C3%A7')).toBe(
    'https://example.org/corre%C3%A7%C3%A3o?a%5B%5D=1%7C2&b=100%25#x%C3%A7',
  );
  expect(url("https://example.org/a/(b)'s~c;d=1,2@3:4+5!*$")).toBe("https://example.org/a/(b)'s~c;d=1,2@3:4+5!*$");
  expect(url('https://example.org/\ud800')).toBe('https://example.org/%EF%BF%BD');
});

/** Names of the properties that a schema of OASIS describes, those of the common schemas it builds on included. */
function propertiesIn(schema: object): Set<string> {
  const { properties = {}, allOf = [], oneOf = [], anyOf = [], $ref } = schema as Record<string, object[]> & { $ref?: string };
  const common = $ref?.match(/common\/((?:cyber-observable-)?core)\.json$/)?.[1];
  const built = common
    ? [JSON.parse(readFileSync(join(schemas ?? '', 'common', `${common}.json`), 'utf8')) as object]
    : [...allOf, ...oneOf, ...anyOf];
  return new Set([...Object.keys(properties), ...built.flatMap((each) => [...propertiesIn(each)])]);
}

/** The identifier of an observable, computed apart from the code under test. */
function observable(object: Stix): string {
  const names =
    { software: ['name', 'vendor', 'version'], file: ['hashes', 'name'], 'user-account': ['account_login', 'user_id'] }[object.type] ?? [];
  const members = names.flatMap((name) => {
    const value = object[name];
    if (value === undefined) return [];
    if (name !== 'hashes') return [`"${name}":${JSON.stringify(value)}`];
    const hashes = value as Record<string, string>;
    const chosen = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'].find((each) => each in hashes) ?? '';
    return [`"hashes":{"${chosen}":"${hashes[chosen]}"}`];
  });
  const bytes = Buffer.concat([Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'), Buffer.from(`{${members.join(',')}}`)]);
  const hex = [...createHash('sha1').update(bytes).digest('hex').slice(0, 32)];
  hex[12] = '5';
  hex[16] = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${object.type}--${hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
