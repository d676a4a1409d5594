import { type Purl, parsePurl } from '../base/purl.ts';
import { knownSince, referenceIndex } from '../graph/evidence-dates.ts';
import { type Graph, getNode, nodeId, recordsOf } from '../graph/graph.ts';
import { linkHops } from '../graph/path-hops.ts';
import { itemsOf, referenceIdOf } from '../schema/cited.ts';
import { referencesOf } from '../schema/claims.ts';
import type { Citation } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import { componentLabel, componentsByHandle, primitivesOf } from '../schema/primitive-keys.ts';
import type { Artifact, Component, Release } from '../schema/primitives.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { lookupKeys, packageKey } from './identity.ts';
import { briefKey, type CleanRelease, type IncidentBrief, type Knowledge } from './knowledge.ts';

/** A value of the index of the corpus. */
export interface CorpusEntry {
  readonly key: string;
  readonly value: Knowledge | IncidentBrief;
}

/**
 * What the corpus knows, by the keys that inventories are looked up by: bad releases, windows, files and network indicators of every incident,
 * and its brief. Clean releases and what sources leave open are not exposure and are left out.
 */
export function* corpusEntries(graph: Graph): Generator<CorpusEntry> {
  for (const record of recordsOf(graph, 'incident')) {
    yield* releaseEntries(graph, record);
    yield* windowEntries(graph, record);
    yield* artifactEntries(record);
    yield* indicatorEntries(record);
    yield { key: briefKey(record.data.id), value: incidentBrief(graph, record) };
  }
}

function releaseEntries(graph: Graph, record: IncidentRecord): CorpusEntry[] {
  const components = componentsByHandle(record.data);
  return itemsOf(record.data.releases).flatMap((release) => {
    const component = components.get(release.component);
    if (!component || !isBad(release.state)) return [];
    const versions = release.versions ?? (release.version ? [release.version] : []);
    return keysOfComponent(component).map((key) => ({
      key,
      value: {
        ...factsOf(record, componentLabel(component), release),
        state: release.state === 'malicious' ? 'malicious' : 'affected',
        ...(versions.length > 0 ? { versions } : {}),
        ...(release.range ? { vers: release.range } : {}),
        ...programFacts(graph, component, release.platform),
        ...(release.published || release.withdrawn
          ? {
              available: {
                ...(release.published ? { from: release.published } : {}),
                ...(release.withdrawn ? { to: release.withdrawn } : {}),
              },
            }
          : {}),
        ...cleanFacts(record, release.component, release.platform),
      } satisfies Knowledge,
    }));
  });
}

/** What replaced the bad releases of a component, on the same platform. */
function cleanFacts(
  record: IncidentRecord,
  component: string,
  platform: Release['platform'],
): { readonly clean?: readonly CleanRelease[] } {
  const clean = itemsOf(record.data.releases).flatMap((release) => {
    if (release.state !== 'clean-fix' || release.component !== component) return [];
    if (platform && release.platform && release.platform !== platform) return [];
    const since = knownSince(record, release.cites);
    const versions = release.versions ?? (release.version ? [release.version] : []);
    return versions.map((version) => ({
      version,
      ...(release.published ? { published: release.published } : {}),
      ...(since ? { knownSince: since } : {}),
    }));
  });
  return clean.length > 0 ? { clean } : {};
}

/**
 * Windows of what has no version of its own. A window on a whole component that also has bad releases says when these were offered, and must not
 * accuse its other versions.
 */
function windowEntries(graph: Graph, record: IncidentRecord): CorpusEntry[] {
  const components = componentsByHandle(record.data);
  const versioned = new Set(
    itemsOf(record.data.releases)
      .filter(({ state }) => isBad(state))
      .map(({ component }) => component),
  );
  return itemsOf(record.data.windows).flatMap((window) => {
    const component = components.get(window.component);
    const isWhole = window.reference === undefined && window.range === undefined;
    if (!component || (isWhole && versioned.has(window.component))) return [];
    const address = window.reference && !component.purl && isAddress(window.reference) ? window.reference : undefined;
    // A window on an address is about what was loaded from there, not about everything of the component's name.
    const keys = address ? addressKeys(address) : keysOfComponent(component);
    // Where a range says which tags, the reference says it in words.
    const name = window.reference && !window.range && !address ? { name: window.reference } : {};
    return keys.map((key) => ({
      key,
      value: {
        ...factsOf(record, componentLabel(component), window),
        state: 'malicious',
        window: { from: window.from, ...(window.to ? { to: window.to } : {}) },
        ...cleanFacts(record, window.component, undefined),
        ...(!isWhole && !address ? { references: { ...name, ...(window.range ? { vers: window.range } : {}) } } : {}),
        ...programFacts(graph, component, undefined),
      } satisfies Knowledge,
    }));
  });
}

function artifactEntries(record: IncidentRecord): CorpusEntry[] {
  return itemsOf(record.data.artifacts).flatMap((artifact) => {
    if (!isBad(artifact.state)) return [];
    const { sha256, sha1, md5, sha512 } = artifact;
    const keys = lookupKeys({ kind: 'file', name: artifact.name, digests: { sha256, sha1, md5, sha512 } });
    return keys.map((key) => ({
      key,
      value: {
        ...factsOf(record, artifact.name, artifact),
        state: artifact.state === 'malicious' ? 'malicious' : 'affected',
        ...(artifact.version ? { versions: [artifact.version] } : {}),
      } satisfies Knowledge,
    }));
  });
}

const NETWORK_TYPES: Readonly<Record<string, 'domain' | 'ip' | 'url'>> = { domain: 'domain', ipv4: 'ip', ipv6: 'ip', url: 'url' };

function indicatorEntries(record: IncidentRecord): CorpusEntry[] {
  return itemsOf(record.data.indicators).flatMap((indicator) => {
    const type = NETWORK_TYPES[indicator.type];
    const [key] = type ? lookupKeys({ kind: 'network', type, value: indicator.value }) : [];
    return key ? [{ key, value: { ...factsOf(record, indicator.value, indicator), state: 'malicious' } satisfies Knowledge }] : [];
  });
}

/** The incident as a report tells it. */
function incidentBrief(graph: Graph, record: IncidentRecord): IncidentBrief {
  const incident = record.data;
  const indicators = [...new Map(itemsOf(incident.indicators).map(({ type, value }) => [`${type} ${value}`, { type, value }])).values()];
  return {
    id: incident.id,
    title: incident.title,
    summary: plainText(incident.summary.text),
    status: incident.status,
    ...dateOf('disclosed', incident.disclosed),
    ...dateOf('contained', incident.contained),
    path: linkHops(incident, primitivesOf(incident)).map(({ hop, primitive, after }) => ({
      stage: hop.stage,
      label: hop.label ?? primitive?.label ?? '',
      state: hop.state,
      after,
    })),
    attribution: attributionLines(graph, incident),
    lookFor: itemsOf(incident.detectionNotes).map(({ text, query }) => ({ text: plainText(text), ...(query ? { query } : {}) })),
    indicators: indicators.slice(0, MAX_BRIEF_INDICATORS),
    indicatorCount: indicators.length,
    references: referencesOf(record).map(({ title, publisher, url, published }) => ({
      title,
      publisher,
      url,
      ...(published ? { published } : {}),
    })),
  };
}

const MAX_BRIEF_INDICATORS = 30;

function dateOf(
  name: 'disclosed' | 'contained',
  fact: Incident['disclosed'],
): { readonly disclosed?: string; readonly contained?: string } {
  return fact && 'date' in fact ? { [name]: fact.date } : {};
}

function attributionLines(graph: Graph, incident: Incident): string[] {
  const ledger = incident.attribution;
  if (ledger && 'unknown' in ledger) return [`Unknown: ${plainText(ledger.unknown.why)}`];
  return itemsOf(ledger).map(({ target, claimant, relation, confidence, claimed }) => {
    const named = getNode(graph, 'actor' in target ? nodeId('actor', target.actor) : nodeId('campaign', target.campaign)).label;
    const by = getNode(graph, nodeId('organization', claimant)).label;
    return `${by}, ${claimed}: ${relation} ${named} (confidence ${confidence.word ?? confidence.code})`;
  });
}

function factsOf(
  record: IncidentRecord,
  name: string,
  { cites, text }: { readonly cites: readonly Citation[]; readonly text?: string | undefined },
): Omit<Knowledge, 'state'> {
  const since = knownSince(record, cites);
  const index = referenceIndex(record);
  const sources = [...new Set(cites.flatMap((cited) => index.get(referenceIdOf(cited))?.url ?? []))];
  return {
    id: record.data.id,
    origin: 'corpus',
    title: record.data.title,
    name,
    ...(since ? { knownSince: since } : {}),
    ...(sources.length > 0 ? { sources: sources.slice(0, 5) } : {}),
    ...(text ? { note: plainText(text) } : {}),
  };
}

/** A purl's package; else the names and identifiers that inventories of installed programs use. */
function keysOfComponent(component: Component): string[] {
  const purl = component.purl ? parsePurl(component.purl) : undefined;
  const packages = purl ? packageKeys(purl) : [];
  if (purl && !component.listedAs && !component.bundleId) return packages;
  const names = [...(purl ? [] : [componentLabel(component)]), ...(component.listedAs ?? [])];
  const programs = names.flatMap((name) => lookupKeys({ kind: 'application', name }));
  const bundles = component.bundleId ? [`bundle:${component.bundleId.toLowerCase()}`] : [];
  return [...new Set([...packages, ...programs, ...bundles])];
}

/** A list of installed packages names no distribution: packages of distributions are known by their bare names too. */
function packageKeys({ type, namespace, name }: Purl): string[] {
  const bare = packageKey(type, name);
  if (!namespace) return [bare];
  const full = packageKey(type, `${namespace}/${name}`);
  return ['alpm', 'apk', 'deb', 'rpm'].includes(type) ? [full, bare] : [full];
}

/** What tells a program from another one of the same name. */
function programFacts(graph: Graph, component: Component, platform: Release['platform']): { platform?: string; vendor?: string } {
  if (component.purl) return {};
  const known = platform ?? (component.platforms?.length === 1 ? component.platforms[0] : undefined);
  return {
    ...(known ? { platform: known } : {}),
    ...(component.owner ? { vendor: getNode(graph, nodeId('organization', component.owner)).label } : {}),
  };
}

function isBad(state: Artifact['state'] | Release['state']): boolean {
  return state === 'malicious' || state === 'affected';
}

/** `cdn.example.org`, `https://cdn.example.org/a.js`. */
function isAddress(reference: string): boolean {
  return /^https?:\/\//.test(reference) || /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(reference);
}

function addressKeys(address: string): string[] {
  const isUrl = /^https?:\/\//.test(address);
  return lookupKeys({ kind: 'network', type: isUrl ? 'url' : 'domain', value: address }).slice(0, 1);
}
