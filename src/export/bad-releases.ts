import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { componentsByHandle } from '../schema/primitive-keys.ts';
import type { Component, Release } from '../schema/primitives.ts';

/** What is bad of a component, as one statement of an incident says it. */
export interface BadRelease {
  readonly component: Component;
  readonly release: Release & { readonly state: 'malicious' | 'affected' };
  /** The versions that it names; empty where it gives a range. */
  readonly versions: readonly string[];
}

/** The releases of an incident that carry the attacker’s code or are listed as affected. */
export function badReleases(incident: Incident): BadRelease[] {
  const components = componentsByHandle(incident);
  return itemsOf(incident.releases).flatMap((release) => {
    const component = components.get(release.component);
    if (!component || !isBad(release)) return [];
    return { component, release, versions: [...(release.versions ?? []), ...(release.version === undefined ? [] : [release.version])] };
  });
}

/** Whether a release or file is bad: malicious, or listed as affected. */
export function isBad<Thing extends { readonly state: string }>(
  thing: Thing,
): thing is Thing & { readonly state: 'malicious' | 'affected' } {
  return thing.state === 'malicious' || thing.state === 'affected';
}
