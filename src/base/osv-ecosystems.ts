import { type Purl, parsePurl } from './purl.ts';

/** Ecosystems of registries on the OSV schema’s closed list, by purl type (https://ossf.github.io/osv-schema/#affectedpackage-field). */
const ECOSYSTEMS: Readonly<Record<string, string>> = {
  npm: 'npm',
  pypi: 'PyPI',
  cargo: 'crates.io',
  gem: 'RubyGems',
  golang: 'Go',
  maven: 'Maven',
  nuget: 'NuGet',
  composer: 'Packagist',
  hex: 'Hex',
  pub: 'Pub',
  github: 'GitHub Actions',
  'vscode-extension': 'VSCode',
};

/** A package as OSV names it; undefined where its type is on no list. */
export function osvPackage({ type, namespace, name }: Purl): { readonly ecosystem: string; readonly name: string } | undefined {
  const ecosystem = Object.hasOwn(ECOSYSTEMS, type) ? ECOSYSTEMS[type] : undefined;
  return ecosystem === undefined ? undefined : { ecosystem, name: [namespace, name].filter(Boolean).join(separatorOf(type)) };
}

/** The purl of a package that OSV names, without version; undefined where its ecosystem has no purl type here. */
export function osvPurl(ecosystem: string, name: string): Purl | undefined {
  const type = Object.keys(ECOSYSTEMS).find((each) => ECOSYSTEMS[each] === ecosystem.split(':', 1)[0]);
  if (type === undefined) return undefined;
  const parts = name.replace(separatorOf(type), '/').split('/');
  return parsePurl(`pkg:${type}/${parts.map(encodeURIComponent).join('/')}`);
}

/** What stands between namespace and name. */
function separatorOf(type: string): string {
  return type === 'maven' ? ':' : type === 'vscode-extension' ? '.' : '/';
}
