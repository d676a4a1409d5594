/** Columns of the CSV files beside the page of an incident, and of what its tables are copied as. */
export const observableColumns = {
  files: ['file', 'version', 'platform', 'state', 'sha256', 'sha1', 'md5', 'sha512', 'note', 'source_urls'],
  indicators: ['type', 'value', 'note', 'source_urls'],
} as const;
