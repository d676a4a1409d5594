/**
 * A constraint of Poetry in the notation of Python's own tools: `^1.2` is `>=1.2,<2`
 * (https://python-poetry.org/docs/dependency-specification/#version-constraints). Alternatives (`||`) stay as written.
 */
export function toPythonSpecifier(constraint: string): string {
  const text = constraint.trim();
  if (text.includes('|') || text.length > 1_000) return text;
  const joined = text.replace(/([\^~<>=!])\s+/g, '$1');
  const clauses = joined.split(/[\s,]+(?=[\^~<>=!*\d])/).flatMap((clause) => {
    const read = /^(\^|~(?!=)|==?=?|~=|!=|>=?|<=?)?\s*(\S+)$/.exec(clause.trim());
    const [, operator = '', version = ''] = read ?? [];
    if (!read || version === '*') return [];
    if (operator === '^') return [`>=${version}`, `<${caretBound(version)}`];
    if (operator === '~') return [`>=${version}`, `<${tildeBound(version)}`];
    return [operator === '' || operator === '=' ? `==${version}` : `${operator}${version}`];
  });
  return clauses.length > 0 ? clauses.join(',') : '*';
}

/** The first part that is not zero may not change. */
function caretBound(version: string): string {
  const parts = releaseOf(version);
  const kept = parts.findIndex((part) => part > 0);
  return bumped(parts, kept < 0 ? parts.length - 1 : kept);
}

/** The second part may not change, or the first where it is the only one. */
function tildeBound(version: string): string {
  const parts = releaseOf(version);
  return bumped(parts, Math.min(1, parts.length - 1));
}

function bumped(parts: readonly number[], index: number): string {
  return [...parts.slice(0, index), (parts[index] ?? 0) + 1].join('.');
}

function releaseOf(version: string): number[] {
  const release = /^v?(\d{1,9}(?:\.\d{1,9}){0,9})/.exec(version)?.[1] ?? '0';
  return release.split('.').map(Number);
}
