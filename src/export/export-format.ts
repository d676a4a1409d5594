import type { OutputFile } from '../base/output-file.ts';
import { type Graph, nodeId } from '../graph/graph.ts';
import type { IncidentRecord } from '../schema/record.ts';

/** What is exported: some incidents of a graph. */
export interface Selection {
  /** The graph, as known on `asOf` where that is given. */
  readonly graph: Graph;
  /** Oldest first. */
  readonly incidents: readonly IncidentRecord[];
  /** Address of the website, with a slash at the end: every object says where its record can be read. */
  readonly site: string;
  readonly version: string;
  /** Day of the last change of each record, by its file below the corpus. Absent where that is not known, and where a day is looked back at. */
  readonly changed?: ReadonlyMap<string, string>;
}

/** Something that our records hold and a format cannot say. */
export interface Loss {
  /** Field of the incident record, or `*`. */
  readonly field: string;
  readonly why: string;
}

/** A form in which incidents leave for other tools: pure, the same bytes for the same selection. */
interface FormatDescription {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Whether it carries facts alone, so that what was known on a day can be told without the prose of later. */
  readonly asOf: boolean;
  /** Whether all of its objects are gathered before the first is written, so that memory grows with the corpus. */
  readonly gathers?: true;
  /** Every field that is not carried, or not wholly, in the order of the record. */
  readonly losses: readonly Loss[];
}

/** A form that is one file. */
export interface ExportFormat extends FormatDescription {
  /** Ending of its files, without the dot. */
  readonly extension: string;
  /** The file, in pieces: a large corpus is never held as one text. */
  render(selection: Selection): Generator<string>;
}

/** A form that is a folder of files. */
export interface FolderFormat extends FormatDescription {
  /** Name of its folder on the site. */
  readonly folder: string;
  /** The files that its readers are pointed to, by their paths in the folder, and what each is; the others are found from them. */
  readonly entries: readonly { readonly path: string; readonly title: string }[];
  /** The files, one at a time, by their paths in the folder. */
  files(selection: Selection): Generator<OutputFile>;
}

/** Whether a selection is one as known on a day, of which only facts may be told: texts and judgements are those of today. */
export function isFactsOnly({ graph, incidents }: Selection): boolean {
  return incidents.some(({ data }) => graph.nodes.get(nodeId('incident', data.id))?.record === undefined);
}

/** Losses of formats that carry only what they name: all other fields of an incident, with one reason. */
export function allBut(fields: readonly string[], carried: readonly string[], why: string): Loss[] {
  return fields.filter((field) => !carried.includes(field)).map((field) => ({ field, why }));
}
