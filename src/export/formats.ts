import type { ExportFormat, FolderFormat } from './export-format.ts';

/** Every form of export that is one file, by its id, loaded when it is asked for. A new one is a file and a row. */
export const exportFormats: Readonly<Record<string, () => Promise<ExportFormat>>> = {
  corpus: async () => (await import('./corpus-json.ts')).corpusJson,
  csv: async () => (await import('./csv.ts')).csv,
  graphml: async () => (await import('./graphml.ts')).graphml,
  indicators: async () => (await import('./indicators.ts')).indicators,
  navigator: async () => (await import('./navigator.ts')).navigator,
  osv: async () => (await import('./osv.ts')).osv,
  stix: async () => (await import('./stix/stix.ts')).stix,
  'stix-core': async () => (await import('./stix/stix.ts')).stixCore,
  cyclonedx: async () => (await import('./cyclonedx.ts')).cyclonedx,
  jsonld: async () => (await import('./json-ld/json-ld.ts')).jsonLd,
  bibtex: async () => (await import('./citation.ts')).bibtex,
  csl: async () => (await import('./citation.ts')).csl,
};

/** Every form of export that is a folder of files, likewise. */
export const folderFormats: Readonly<Record<string, () => Promise<FolderFormat>>> = {
  'misp-feed': async () => (await import('./misp/feed.ts')).mispFeed,
  'misp-galaxy': async () => (await import('./misp/galaxy.ts')).mispGalaxy,
};
