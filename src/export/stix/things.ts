import { parsePurl, purlDisplayName, purlWithVersion } from '../../base/purl.ts';
import { valueAt } from '../../graph/build-graph.ts';
import type { GraphNode } from '../../graph/graph.ts';
import { nodeId } from '../../graph/graph.ts';
import type { Citation } from '../../schema/evidence.ts';
import { accountLabel, componentKey, componentLabel, componentsByHandle, releaseKey } from '../../schema/primitive-keys.ts';
import type { Account, Artifact, BuildSystem, Component, DistributionChannel, Indicator, Release } from '../../schema/primitives.ts';
import { indicatorType } from '../../schema/vocabulary/indicator-type.ts';
import { findTerm } from '../../schema/vocabulary.ts';
import type { StixBundle } from './bundle.ts';
import { contributingHash, observableId, type StixId, stixId } from './ids.ts';
import { filePattern, hashesOf, indicatorPattern } from './patterns.ts';
import type { Cited } from './stix-evidence.ts';

/** The object of a thing that records declare; undefined for what STIX has none for. */
export function addThing(bundle: StixBundle, node: GraphNode): StixId | undefined {
  return bundle.once(node.id, () => {
    switch (node.kind) {
      case 'package':
      case 'component':
        return addSoftware(bundle, declared<Component>(node), node.key, undefined);
      case 'release':
        return addRelease(bundle, node);
      case 'repository':
      case 'build-system':
      case 'channel':
        return addInfrastructure(bundle, node);
      case 'account':
        return addAccount(bundle, node);
      case 'artifact':
        return addFile(bundle, node);
      case 'indicator':
        return addIndicator(bundle, node);
      case 'vulnerability':
        return addVulnerability(bundle, node);
      case 'technique':
        return addTechnique(bundle, node);
      default:
        return undefined;
    }
  });
}

/** What the declarations of a node rest on. */
export function citedBy({ declarations }: GraphNode): Cited[] {
  return declarations.map(({ record, path }) => ({
    record,
    cites: (valueAt(record, path) as { cites?: readonly Citation[] }).cites ?? [],
  }));
}

/** The value of a node’s first declaration. */
function declared<Value>({ id, declarations }: GraphNode): Value {
  const first = declarations[0];
  if (!first) throw new RangeError(`${id} is declared nowhere`);
  return valueAt(first.record, first.path) as Value;
}

/** Identifiers of observables ignore extensions, so the vendor tells namesakes of two ecosystems apart. */
function addSoftware(bundle: StixBundle, component: Component, key: string, version: string | undefined): StixId {
  const purl = component.purl ? parsePurl(component.purl) : undefined;
  const owner = component.owner && (bundle.graph.nodes.get(nodeId('organization', component.owner))?.label ?? component.owner);
  const identifying = {
    name: purl ? purlDisplayName(purl) : componentLabel(component),
    ...(purl || owner ? { vendor: purl?.type ?? owner ?? '' } : {}),
    ...(version === undefined ? {} : { version }),
  };
  return bundle.addObservable('software', observableId('software', identifying), {
    ...identifying,
    ...bundle.extensions({
      key: version === undefined ? componentKey(component) : key,
      kind: component.kind,
      purl: purl && (version === undefined ? purl.text : purlWithVersion(purl, version)),
    }),
  });
}

function addRelease(bundle: StixBundle, node: GraphNode): StixId | undefined {
  const record = node.declarations[0]?.record;
  const release = declared<Release>(node);
  const component = record?.kind === 'incident' ? componentsByHandle(record.data).get(release.component) : undefined;
  if (!component) return undefined;
  const versions = release.versions ?? (release.version === undefined ? [] : [release.version]);
  const version = versions.find((each) => releaseKey(component, each, release.platform) === node.key);
  return addSoftware(bundle, component, releaseKey(component, version ?? '', undefined), version);
}

/** Whether it was abused is a claim about the incident, so no infrastructure type is given: STIX’s own are all those of attackers. */
function addInfrastructure(bundle: StixBundle, node: GraphNode): StixId {
  const { kind } = declared<{ kind?: (BuildSystem | DistributionChannel)['kind'] }>(node);
  return bundle.add('infrastructure', stixId('infrastructure', `${node.kind}:${node.key}`), citedBy(node), {
    name: node.label,
    labels: [kind ?? node.kind],
    ...bundle.extensions({ key: node.key, kind: kind ?? node.kind }),
  });
}

function addAccount(bundle: StixBundle, node: GraphNode): StixId {
  const account = declared<Account>(node);
  const identifying = { user_id: node.key, ...(account.handle ? { account_login: account.handle } : {}) };
  return bundle.addObservable('user-account', observableId('user-account', identifying), {
    ...identifying,
    display_name: accountLabel(account),
  });
}

/** A file’s name is one only where it looks like one: records also say what a file is. */
function addFile(bundle: StixBundle, node: GraphNode): StixId {
  const hashes = hashesOf(artifactsOf(node));
  const name: { name?: string } = /^[^\s/\\]+$/.test(node.label) ? { name: node.label } : {};
  return bundle.addObservable('file', observableId('file', { hashes: contributingHash(hashes), ...name }), { hashes, ...name });
}

function artifactsOf({ declarations }: GraphNode): Artifact[] {
  return declarations.map(({ record, path }) => valueAt(record, path) as Artifact);
}

/** The indicator of a bad file. */
export function addFileIndicator(bundle: StixBundle, node: GraphNode): StixId {
  const hashes = hashesOf(artifactsOf(node));
  return addPattern(bundle, node, `artifact:${node.key}`, node.label, 'File', filePattern(hashes));
}

function addIndicator(bundle: StixBundle, node: GraphNode): StixId | undefined {
  const indicator = declared<Indicator>(node);
  const pattern = indicatorPattern(indicator);
  const label = findTerm(indicatorType, indicator.type)?.label ?? indicator.type;
  return pattern === undefined ? undefined : addPattern(bundle, node, node.key, indicator.value, label, pattern);
}

function addPattern(bundle: StixBundle, node: GraphNode, key: string, name: string, what: string, pattern: string): StixId {
  const cited = citedBy(node);
  const incidents = [...new Set(node.declarations.map(({ record }) => record.data.id))].sort();
  return bundle.add('indicator', stixId('indicator', key), cited, {
    name,
    description: `${what} that sources tie to ${incidents.join(', ')}.`,
    indicator_types: ['malicious-activity'],
    pattern,
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: bundle.evidence.datesOf(cited).created,
  });
}

function addVulnerability(bundle: StixBundle, node: GraphNode): StixId {
  const source = /^[A-Z]+/.exec(node.key)?.[0].toLowerCase() ?? 'osv';
  return bundle.add('vulnerability', stixId('vulnerability', node.key), citedBy(node), {
    name: node.key,
    external_references: [{ source_name: source, external_id: node.key }],
  });
}

function addTechnique(bundle: StixBundle, node: GraphNode): StixId {
  return bundle.add('attack-pattern', stixId('attack-pattern', node.key), citedBy(node), {
    name: declared<{ name: string }>(node).name,
    external_references: [{ source_name: 'mitre-attack', external_id: node.key }],
  });
}
