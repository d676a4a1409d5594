// A CycloneDX bill of what is bundled into the package: which packages of others its files hold, from the bundler's list of modules and the lock file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** The bill for modules with these paths: the same for the same lock, without dates or addresses. Throws where a package is not in the lock. */
export function billOf(modules) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const places = new Set(
    modules.flatMap((id) => /^.*\b(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/').slice(root.length + 1))?.[1] ?? []),
  );
  const components = [...places]
    .map((place) => componentOf(place, packages[place]))
    .sort((left, right) => (left.purl < right.purl ? -1 : 1));
  const main = `pkg:npm/${name}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': main, name, version, purl: main, licenses: licenses(license) } },
    components,
    // Each is part of our files: installing the package installs nothing else.
    compositions: [{ aggregate: 'complete', assemblies: [main] }],
  };
}

function componentOf(place, locked) {
  if (!locked?.version) throw new Error(`${place} is bundled and not in package-lock.json`);
  const full = locked.name ?? place.replace(/^.*node_modules\//, '');
  const [name, scope] = full.split('/').reverse();
  const purl = `pkg:npm/${scope ? `${encodeURIComponent(scope)}/` : ''}${name}@${locked.version}`;
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope ? { group: scope } : {}),
    name,
    version: locked.version,
    ...(locked.license ? { licenses: licenses(locked.license) } : {}),
    purl,
  };
}

function licenses(text) {
  return /[ ()]/.test(text) ? [{ expression: text }] : [{ license: { id: text } }];
}
