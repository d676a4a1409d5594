import { canonicalUrl } from '../base/canonical-url.ts';
import { parsePurl, purlDisplayName, purlWithVersion } from '../base/purl.ts';
import { itemsOf } from './cited.ts';
import type { Incident } from './incident.ts';
import type { Account, Artifact, BuildSystem, Component, DistributionChannel, Indicator, Release, Repository } from './primitives.ts';
import { publicChannel } from './vocabulary/public-channel.ts';

/** The primitives that other fields of a record can point to by handle. */
export type HandledKind = 'package' | 'component' | 'repository' | 'build-system' | 'channel' | 'account';

/** A primitive as declared in one incident. */
export interface DeclaredPrimitive {
  readonly kind: HandledKind;
  /** How this record refers to it: its id, or its purl where it has no id. */
  readonly handle: string;
  /** Natural key: equal keys are the same thing in every record. */
  readonly key: string;
  readonly label: string;
  readonly path: readonly (string | number)[];
}

/** Every primitive that the incident declares and that its other fields may point to. */
export function primitivesOf(incident: Incident): DeclaredPrimitive[] {
  return [
    ...itemsOf(incident.components).map((value, index) => ({
      kind: componentNodeKind(value),
      handle: componentHandle(value),
      key: componentKey(value),
      label: componentLabel(value),
      path: ['components', index],
    })),
    ...itemsOf(incident.repositories).map((value, index) => ({
      kind: 'repository' as const,
      handle: value.id,
      key: repositoryKey(value),
      label: repositoryKey(value).replace('https://', ''),
      path: ['repositories', index],
    })),
    ...itemsOf(incident.buildSystems).map((value, index) => ({
      kind: 'build-system' as const,
      handle: value.id,
      key: buildSystemKey(value),
      label: value.name,
      path: ['buildSystems', index],
    })),
    ...itemsOf(incident.distributionChannels).map((value, index) => ({
      kind: 'channel' as const,
      handle: value.id,
      key: channelKey(value),
      label: channelLabel(value),
      path: ['distributionChannels', index],
    })),
    ...itemsOf(incident.accounts).map((value, index) => ({
      kind: 'account' as const,
      handle: value.id,
      key: accountKey(value),
      label: accountLabel(value),
      path: ['accounts', index],
    })),
  ];
}

/** The components of an incident by the handle that its other fields use. */
export function componentsByHandle(incident: Incident): ReadonlyMap<string, Component> {
  const known = handles.get(incident) ?? new Map(itemsOf(incident.components).map((value) => [componentHandle(value), value]));
  handles.set(incident, known);
  return known;
}

const handles = new WeakMap<Incident, ReadonlyMap<string, Component>>();

/** What other fields of the record call a component: its id, else its purl. */
export function componentHandle(component: Component): string {
  return component.id ?? component.purl ?? '';
}

/** Packages have pages of their own kind; every other component, purl or not, is a component. */
export function componentNodeKind(component: Component): 'package' | 'component' {
  return component.kind === 'package' ? 'package' : 'component';
}

export function componentKey(component: Component): string {
  return component.purl ?? `${component.owner}/${component.id}`;
}

export function componentLabel(component: Component): string {
  if (component.name) return component.name;
  const purl = component.purl ? parsePurl(component.purl) : undefined;
  return purl ? purlDisplayName(purl) : componentKey(component);
}

export function repositoryKey(repository: Repository): string {
  return (canonicalUrl(repository.url) ?? repository.url).replace(/\.git$/, '');
}

export function buildSystemKey(buildSystem: BuildSystem): string {
  return `${buildSystem.owner}/${buildSystem.id}`;
}

/** A vendor's channel never meets another vendor's: its owner is part of the key. */
export function channelKey(channel: DistributionChannel): string {
  return channel.shared ?? `${channel.owner}/${channel.id}`;
}

export function channelLabel(channel: DistributionChannel): string {
  return channel.shared ? publicChannel.terms[channel.shared].label : (channel.name ?? channelKey(channel));
}

export function accountKey(account: Account): string {
  return account.provider && account.handle ? `${account.provider}:${account.handle}` : `${account.owner}/${account.id}`;
}

export function accountLabel(account: Account): string {
  if (account.name) return account.name;
  return account.handle ? `${account.handle} (${account.provider})` : accountKey(account);
}

/** The key of one version of a component: the purl with version, else component key, version and platform. */
export function releaseKey(component: Component, version: string, platform: Release['platform']): string {
  const purl = component.purl ? parsePurl(component.purl) : undefined;
  const key = purl ? purlWithVersion(purl, version) : `${componentKey(component)}@${version}`;
  return platform ? `${key} (${platform})` : key;
}

/** sha256, else sha1, else md5, else sha512. */
export function artifactKey(artifact: Artifact): string {
  if (artifact.sha256) return `sha256:${artifact.sha256}`;
  if (artifact.sha1) return `sha1:${artifact.sha1}`;
  return artifact.md5 ? `md5:${artifact.md5}` : `sha512:${artifact.sha512}`;
}

/** Type and canonical value: domains and e-mail addresses in lower case. */
export function indicatorKey(indicator: Indicator): string {
  const folded = ['domain', 'email-address', 'ipv6'].includes(indicator.type) ? indicator.value.toLowerCase() : indicator.value;
  return `${indicator.type}:${folded}`;
}
