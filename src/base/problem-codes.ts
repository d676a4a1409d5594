/** What `threatpedia explain <code>` says. The keys are the closed list of codes. */
interface ProblemMeaning {
  readonly severity: 'error' | 'warning';
  readonly title: string;
  readonly explanation: string;
}

export const problemCodes = {
  'file-unreadable': {
    severity: 'error',
    title: 'The file could not be read',
    explanation: 'The file vanished, is no regular file, or the account may not read it.',
  },
  'file-too-large': {
    severity: 'error',
    title: 'The file is larger than a record may be',
    explanation: 'A record is at most 1 MiB. Long version lists belong in `versions: [...]`, one line per package.',
  },
  'path-outside-corpus': {
    severity: 'error',
    title: 'A link leads out of the corpus',
    explanation:
      'A symbolic link in the corpus points outside of it. Links are never followed, so that a record is always the file you see.',
  },
  'not-utf8': {
    severity: 'error',
    title: 'The file is not valid UTF-8',
    explanation: 'Records are UTF-8. The position is that of the first byte that is not. Re-encode the file in your editor.',
  },
  'yaml-syntax': {
    severity: 'error',
    title: 'The file is not valid YAML',
    explanation: 'The YAML 1.2 parser stopped here. Tabs may not indent; a colon inside plain text needs quotes.',
  },
  'yaml-duplicate-key': {
    severity: 'error',
    title: 'A key stands twice in one mapping',
    explanation: 'Of two equal keys one would silently win. Merge them into one.',
  },
  'yaml-alias': {
    severity: 'error',
    title: 'Anchors and aliases are not used in records',
    explanation: 'A record says everything where it stands; aliases can also be nested to exhaust memory. Write the value out.',
  },
  'yaml-depth': {
    severity: 'error',
    title: 'The file is nested too deeply',
    explanation: 'No field of a record needs more than 24 levels of nesting.',
  },
  'yaml-tag': {
    severity: 'error',
    title: 'Custom YAML tags are not used in records',
    explanation: 'Only plain strings, numbers, booleans, lists and mappings are read. Remove the `!tag`.',
  },
  'yaml-multiple-documents': {
    severity: 'error',
    title: 'A file holds one record',
    explanation: 'The `---` in the middle starts a second document. Give it a file of its own.',
  },
  'unknown-kind': {
    severity: 'error',
    title: 'The record does not say what it is',
    explanation: 'The first field is `schema`, for example `schema: incident/1`. It must agree with the folder the file is in.',
  },
  'unknown-field': {
    severity: 'error',
    title: 'The schema has no such field',
    explanation: 'A misspelt field would be lost silently, so it is refused. `threatpedia explain <field>` shows what exists.',
  },
  'missing-field': {
    severity: 'error',
    title: 'A required field is missing',
    explanation: 'The position is the mapping in which the field is expected.',
  },
  'wrong-type': {
    severity: 'error',
    title: 'The value has another type than the field takes',
    explanation: 'For versions: YAML reads an unquoted 1.10 as the number 1.1. Put versions and ids in quotes.',
  },
  'invalid-value': {
    severity: 'error',
    title: 'The value does not fit the field',
    explanation: 'The message says what is expected. `threatpedia explain <field>` shows the field’s meaning and an example.',
  },
  'unknown-term': {
    severity: 'error',
    title: 'The value is not in the vocabulary',
    explanation: 'Vocabularies are closed so that a query finds everything. `threatpedia explain <vocabulary>` lists the values.',
  },
  'invalid-date': {
    severity: 'error',
    title: 'The text is no date',
    explanation:
      'Dates are EDTF level 1: 2023, 2023-03, 2023-03-22, 2021-11~ (approximate), 2022? (uncertain), and intervals with a slash.',
  },
  'invalid-hash': {
    severity: 'error',
    title: 'The hash has the wrong length or alphabet',
    explanation: 'sha256 has 64 hexadecimal digits, sha1 40, md5 32, sha512 128; lower case.',
  },
  'placeholder-hash': {
    severity: 'error',
    title: 'The hash looks made up',
    explanation: 'A run such as abcdef1234567890 or one repeated digit is a placeholder, and so is the hash of an empty file.',
  },
  'invalid-purl': {
    severity: 'error',
    title: 'The text is no canonical package URL',
    explanation: 'A purl reads pkg:type/namespace/name (purl-spec). Components carry it without version.',
  },
  'invalid-url': {
    severity: 'error',
    title: 'The text is no http(s) URL',
    explanation: 'Sources are cited by their public http or https address, without credentials.',
  },
  'id-mismatch': {
    severity: 'error',
    title: 'The id does not fit the file',
    explanation: 'An entity’s id is its file name; an incident’s id carries the year of its folder.',
  },
  'duplicate-id': {
    severity: 'error',
    title: 'Two things carry one id',
    explanation: 'Ids are unique: record ids in the corpus, reference and primitive ids in their record.',
  },
  'unknown-reference': {
    severity: 'error',
    title: 'A citation names no reference of this record',
    explanation: 'Every id in `cites` and `relays` stands in the record’s own `references` list.',
  },
  'unused-reference': {
    severity: 'warning',
    title: 'A reference supports nothing',
    explanation: 'No claim of the record cites it. Cite it or remove it.',
  },
  'claim-without-citation': {
    severity: 'error',
    title: 'A claim has no citation',
    explanation: 'Every sentence is tied to references. What cannot be cited is left out, or said to be `unknown` with a why.',
  },
  'missing-citation-for-value': {
    severity: 'error',
    title: 'A yes or no needs evidence',
    explanation: 'Only `unknown` may stand without a citation, and it says why.',
  },
  'dangling-link': {
    severity: 'error',
    title: 'A link leads to no record',
    explanation: 'Ids of other records, and of primitives of this record, must exist.',
  },
  'dates-out-of-order': {
    severity: 'error',
    title: 'Dates contradict each other',
    explanation: 'firstObserved ≤ firstPublicWarning ≤ disclosed, and published ≤ withdrawn, as far as their precision lets one tell.',
  },
  'claim-newer-than-source': {
    severity: 'error',
    title: 'An event is dated after every source cited for it',
    explanation: 'No document reports what happened after it was published. Check both dates, or cite the later document.',
  },
  'claim-older-than-source': {
    severity: 'warning',
    title: 'A public claim is older than its only source',
    explanation: 'What was claimed in public on a day should be cited to a document of that day, not to one that looks back.',
  },
  'depth-not-met': {
    severity: 'error',
    title: 'The record promises more than it holds',
    explanation:
      '`depth` is a promise with a validator behind it. Fill what is named, say `unknown`/`none` with a why, or lower the depth.',
  },
  'release-without-component': {
    severity: 'error',
    title: 'A release names no component of this record',
    explanation: 'Declare the software under `components` first, then name its id.',
  },
  'url-with-two-titles': {
    severity: 'error',
    title: 'One source has two titles',
    explanation: 'The same URL is one source document across all records. Use the title that the source itself carries.',
  },
  'key-with-two-kinds': {
    severity: 'error',
    title: 'Two records describe one thing as two kinds',
    explanation: 'Primitives with one natural key merge across records, so their kinds must agree.',
  },
  'cyclic-seeding': {
    severity: 'error',
    title: '`seededBy` runs in a circle',
    explanation: 'A compromise cannot have caused itself. The message names the incidents of the circle.',
  },
  'alias-collision': {
    severity: 'warning',
    title: 'Two actors share an alias',
    explanation: 'Two naming organizations may mean different clusters by one name. Say whose alias it is with `by`.',
  },
  'benign-indicator': {
    severity: 'error',
    title: 'The indicator is a well-known benign value',
    explanation: 'Blocking it would hurt bystanders. Use the full URL or path that is specific to the incident.',
  },
  'possible-duplicate': {
    severity: 'warning',
    title: 'Two records look like one incident',
    explanation:
      'They share a title or alias, a malicious release or a malicious file. Merge them; where they are two, name one in the other’s `related` or `seededBy`.',
  },
  'prose-style': {
    severity: 'warning',
    title: 'The sentence is not how an encyclopedia tells',
    explanation:
      'Claims are one to three sentences, bounded and factual: no words of alarm outside of quotation marks, no advice outside of lessons and detection notes.',
  },
  'path-order': {
    severity: 'error',
    title: 'A hop follows a hop that does not stand before it',
    explanation: '`after` names hops that stand earlier in the list, so that the path runs one way.',
  },
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = keyof typeof problemCodes;
