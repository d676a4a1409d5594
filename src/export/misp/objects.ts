import { parsePurl, purlDisplayName } from '../../base/purl.ts';
import { itemsOf } from '../../schema/cited.ts';
import { artifactKey, componentKey, componentLabel, componentsByHandle } from '../../schema/primitive-keys.ts';
import type { Artifact, Component } from '../../schema/primitives.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { type BadRelease, badReleases, isBad } from '../bad-releases.ts';
import { evidenceDays } from '../evidence-days.ts';
import { uuidOf } from '../uuid.ts';
import { type AttributeKind, attribute, LINK, type MispAttribute, secondsOf } from './attributes.ts';

/** An object of a MISP event: attributes that belong together, after a template (https://github.com/MISP/misp-objects). */
export interface MispObject {
  readonly uuid: string;
  readonly name: string;
  readonly 'meta-category': string;
  readonly description: string;
  readonly template_uuid: string;
  readonly template_version: string;
  readonly timestamp: string;
  readonly comment: string;
  readonly Attribute: readonly MispAttribute[];
}

/** The templates that are used, in the versions that were read. */
const TEMPLATES = {
  file: {
    'meta-category': 'file',
    description: 'File object describing a file with meta-information',
    template_uuid: '688c46fb-5edb-40a3-8273-1af7923e2215',
    template_version: '23',
  },
  'malicious-package-report': {
    'meta-category': 'misc',
    description: 'Object describing a malicious open source package report from an OSV-style feed such as OpenSSF malicious-packages.',
    template_uuid: '2f8a8711-6ef8-4a9d-89de-f547670573cb',
    template_version: '4',
  },
  'software-package': {
    'meta-category': 'misc',
    description: 'Generic software package object template to represent software packages and their state.',
    template_uuid: '77038ecf-89e3-4115-a86f-4d00f0308e1e',
    template_version: '1',
  },
} as const;

type Part = readonly [relation: string, kind: AttributeKind, value: string | undefined];

const TEXT: AttributeKind = { type: 'text', category: 'Other', toIds: false };

/** The bad files and bad releases of an incident. Clean ones are no indicators and stay out. `page` is the address of the record. */
export function mispObjects(record: IncidentRecord, page: string, comments: (text: string | undefined) => string): MispObject[] {
  const { data } = record;
  const objects = new Map<string, MispObject>();
  const add = (name: keyof typeof TEMPLATES, key: string, parts: readonly Part[], day: string, comment: string): void => {
    const uuid = uuidOf('misp-object', `${data.id} ${name} ${key}`);
    const attributes = new Map<string, MispAttribute>();
    for (const [relation, kind, value] of parts) {
      if (value === undefined) continue;
      const made = attribute(`${uuid} ${relation}`, kind, value, '', secondsOf(day));
      attributes.set(made.uuid, { ...made, object_relation: relation });
    }
    const Attribute = [...attributes.values()].sort(byRelation);
    if (!objects.has(uuid)) objects.set(uuid, { uuid, name, ...TEMPLATES[name], timestamp: secondsOf(day), comment, Attribute });
  };
  const components = componentsByHandle(data);
  for (const artifact of itemsOf(data.artifacts)) {
    if (!isBad(artifact)) continue;
    const component = artifact.component === undefined ? undefined : components.get(artifact.component);
    const day = evidenceDays(record, artifact.cites).last;
    add('file', artifactKey(artifact), fileParts(artifact, component), day, comments(artifact.text));
  }
  for (const [key, releases] of byComponent(badReleases(data))) {
    const [first] = releases;
    if (!first) continue;
    const cites = releases.flatMap(({ release }) => release.cites);
    const isPackage = first.component.purl !== undefined && first.release.state === 'malicious';
    const comment = comments(first.release.text);
    const day = evidenceDays(record, cites).last;
    if (isPackage) add('malicious-package-report', key, packageParts(first.component, releases, page), day, comment);
    else for (const each of softwareParts(releases)) add('software-package', `${key} ${each.version}`, each.parts, day, comment);
  }
  return [...objects.values()].sort((left, right) => (left.uuid < right.uuid ? -1 : 1));
}

function byRelation(left: MispAttribute, right: MispAttribute): number {
  const [a, b] = [`${left.object_relation} ${left.value}`, `${right.object_relation} ${right.value}`];
  return a < b ? -1 : 1;
}

function fileParts(artifact: Artifact, component: Component | undefined): Part[] {
  const isMalicious = artifact.state === 'malicious';
  const hash = (type: 'sha256' | 'sha1' | 'md5' | 'sha512'): Part => [
    type,
    { type, category: 'Payload delivery', toIds: isMalicious },
    artifact[type],
  ];
  // Records also say what a file is: only what looks like a name is one.
  const isName = /^[^\s/\\]+$/.test(artifact.name);
  const about = [isName ? '' : artifact.name, component && componentLabel(component), artifact.version, artifact.platform];
  return [
    hash('sha256'),
    hash('sha1'),
    hash('md5'),
    hash('sha512'),
    ['filename', { type: 'filename', category: 'Payload delivery', toIds: false }, isName ? artifact.name : undefined],
    ['state', TEXT, isMalicious ? 'Malicious' : undefined],
    ['text', TEXT, about.filter(Boolean).join(' ') || undefined],
  ];
}

/** The statements of one component and state together. */
function byComponent(releases: readonly BadRelease[]): Map<string, BadRelease[]> {
  const found = new Map<string, BadRelease[]>();
  for (const each of releases) {
    const key = `${componentKey(each.component)} ${each.release.state}`;
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}

function packageParts(component: Component, releases: readonly BadRelease[], page: string): Part[] {
  const purl = parsePurl(component.purl ?? '');
  return [
    ['package-name', TEXT, purl ? purlDisplayName(purl) : componentLabel(component)],
    ['package-purl', { ...TEXT, correlates: true }, component.purl],
    ['ecosystem', TEXT, purl?.type],
    ['reference', LINK, page],
    ['state', TEXT, 'active'],
    ...releases.flatMap(({ versions }) => versions.map((version): Part => ['affected-version', TEXT, version])),
    ...releases.map(({ release }): Part => ['affected-range', TEXT, release.range]),
  ];
}

/** An object a version: the template takes one. */
function softwareParts(releases: readonly BadRelease[]): { version: string; parts: Part[] }[] {
  return releases.flatMap(({ component, release, versions }) =>
    [...versions, ...(release.range === undefined ? [] : [release.range])].map((version) => ({
      version,
      parts: [
        ['name', TEXT, componentLabel(component)],
        ['vendor', TEXT, component.owner],
        ['version', TEXT, version],
        ['state', TEXT, release.state === 'malicious' ? 'backdoored' : 'unknown'],
        ['description', TEXT, component.purl],
      ],
    })),
  );
}
