import { osvPurl } from '../base/osv-ecosystems.ts';
import { asList, asRecord, asText, entriesOf, field } from '../check/inventory/input-text.ts';
import { UnreadableInput } from '../check/inventory/inventory.ts';
import { addPackage, basePurl } from './packages.ts';
import { type ImportedDraft, RecordDraft } from './record-draft.ts';

const CARRIED = ['schema_version', 'id', 'summary', 'aliases', 'related', 'affected', 'references'];

/** Reads one OSV record (https://ossf.github.io/osv-schema/), or a list of one. Throws {@link UnreadableInput} where it is none. */
export function readOsv(value: unknown): ImportedDraft {
  const list = Array.isArray(value) ? value : [value];
  const [record] = list;
  if (list.length !== 1) throw new UnreadableInput(`expected one OSV record, found ${list.length}`);
  const id = asText(field(record, 'id'));
  if (!asRecord(record) || !id || !Array.isArray(field(record, 'affected')))
    throw new UnreadableInput('expected an OSV record with `id` and `affected`');
  const draft = new RecordDraft();
  draft.setId(/^x_TP-(.+)$/.exec(id)?.[1]);
  draft.setTitle(asText(field(record, 'summary')));
  const isMalicious = id.startsWith('MAL-');
  for (const advisory of [id, ...asList(field(record, 'aliases')), ...asList(field(record, 'related'))]) {
    if (typeof advisory === 'string' && !advisory.startsWith('x_TP-')) draft.add('vulnerabilities', { id: advisory });
  }
  for (const reference of asList(field(record, 'references'))) draft.addReference(asText(field(reference, 'url')) ?? '');
  for (const affected of asList(field(record, 'affected'))) {
    const named = field(affected, 'package');
    const [ecosystem, name] = [asText(field(named, 'ecosystem')) ?? '', asText(field(named, 'name')) ?? ''];
    const purl = basePurl(asText(field(named, 'purl'))) ?? osvPurl(ecosystem, name)?.text;
    const versions = asList(field(affected, 'versions')).filter((version): version is string => typeof version === 'string');
    if (purl === undefined) draft.leaveOut(`affected ${ecosystem} ${name}: no package URL`);
    else addPackage(draft, purl, versions, isMalicious ? 'malicious' : 'affected');
    if (asList(field(affected, 'ranges')).length > 0) draft.leaveOut(`affected ${ecosystem} ${name}: ranges; name the versions`);
  }
  for (const [name] of entriesOf(record)) if (!CARRIED.includes(name)) draft.leaveOut(`field ${name}`);
  return draft.result();
}
