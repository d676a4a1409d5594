import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type InputContext, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/**
 * gradle.lockfile and buildscript-gradle.lockfile, and the older locks of one configuration each, gradle/dependency-locks/*.lockfile
 * (https://docs.gradle.org/current/userguide/dependency_locking.html).
 */
export const gradleLockfile: InventoryFormat = {
  id: 'gradle-lockfile',
  title: 'gradle.lockfile',
  types: ['maven'],
  parse: parseGradleLockfile,
};

const HEADER = '# This is a Gradle generated file for dependency locking.';

function parseGradleLockfile(bytes: Uint8Array, { path }: InputContext): Inventory {
  const text = decodeText(bytes);
  const list = new ComponentList();
  const skipped = new SkipCounter();
  let [isComplete, hasConfigurations] = [false, false];
  for (const { line, text: raw } of linesOf(text)) {
    const entry = raw.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    if (entry.startsWith('empty=')) {
      isComplete = true;
      continue;
    }
    const [, group, artifact, version, configurations] = /^([^:=\s]+):([^:=\s]+):([^:=\s]+)(=\S*)?$/.exec(entry) ?? [];
    if (configurations) hasConfigurations = true;
    if (group && artifact && version) {
      const identity = { kind: 'package', type: 'maven', name: `${group}/${artifact}` } as const;
      list.add({ identity, version, source: { kind: 'registry' }, at: { line } });
    } else skipped.addNotUnderstood('line that is no group:artifact:version=configurations', entry.slice(0, 80), { line });
  }
  const isOld =
    !hasConfigurations && (/(^|[\\/])dependency-locks[\\/]/.test(path) || (text.startsWith(HEADER) && list.components.length > 0));
  if (isOld && text.trim() !== '') {
    if (list.components.length === 0 && !text.startsWith(HEADER)) throw new UnreadableInput('expected a Gradle lock, found something else');
    noteMissingEnd(text, skipped);
  }
  // Since version 6.8, Gradle ends every lock with the configurations that hold nothing.
  else if (!isComplete) throw new UnreadableInput('expected a Gradle lock that ends with a line empty=…, found none');
  return { components: list.components, skipped: skipped.list() };
}
