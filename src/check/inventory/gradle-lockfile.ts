import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/** gradle.lockfile and buildscript-gradle.lockfile (https://docs.gradle.org/current/userguide/dependency_locking.html). */
export const gradleLockfile: InventoryFormat = {
  id: 'gradle-lockfile',
  title: 'gradle.lockfile',
  types: ['maven'],
  parse: parseGradleLockfile,
};

function parseGradleLockfile(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let isComplete = false;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    const entry = text.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    if (entry.startsWith('empty=')) {
      isComplete = true;
      continue;
    }
    const match = /^([^:=\s]+):([^:=\s]+):([^:=\s]+)=(.*)$/.exec(entry);
    const [, group, artifact, version] = match ?? [];
    if (group && artifact && version)
      components.push({
        identity: { kind: 'package', type: 'maven', name: `${group}/${artifact}` },
        version,
        source: { kind: 'registry' },
        at: { line },
      });
    else skipped.add('line that is no group:artifact:version=configurations', entry.slice(0, 80), { line });
  }
  // Gradle ends every lock with the configurations that hold nothing.
  if (!isComplete) throw new UnreadableInput('expected a Gradle lock that ends with a line empty=…, found none');
  return { components, skipped: skipped.list() };
}
