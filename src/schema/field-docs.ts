import { z } from 'zod';
import { type RecordKind, recordKindNames, recordKinds } from './record.ts';

/** What the schema says about one field: the source of `explain`, of the format reference page and of editor completion. */
export interface FieldDoc {
  readonly kind: RecordKind;
  /** `releases[].version`; list items are marked `[]`. */
  readonly path: string;
  readonly name: string;
  readonly required: boolean;
  /** Shape in words: `text`, `list of mapping`, `one of entry-stage`, … */
  readonly shape: string;
  readonly description: string;
  /** Name of the vocabulary behind it. */
  readonly vocabulary?: string;
  readonly examples: readonly string[];
}

/** Every field of a record kind, in schema order, nested fields after their parent. */
export function fieldDocs(kind: RecordKind): readonly FieldDoc[] {
  const known = docsByKind.get(kind);
  if (known) return known;
  const docs: FieldDoc[] = [];
  describeObject(recordKinds[kind].schema, kind, '', docs);
  docsByKind.set(kind, docs);
  return docs;
}

const docsByKind = new Map<RecordKind, readonly FieldDoc[]>();

/** Every field of every kind. */
export function allFieldDocs(): readonly FieldDoc[] {
  return recordKindNames.flatMap(fieldDocs);
}

/** Names of the fields that the schema allows at a place, for "did you mean". */
export function fieldsAt(kind: RecordKind, path: readonly (string | number)[]): readonly string[] {
  let candidates: z.ZodType[] = alternatives(recordKinds[kind].schema);
  for (const step of path) {
    candidates = candidates.flatMap((schema) => {
      if (typeof step === 'number') return schema instanceof z.ZodArray ? alternatives(schema.element as z.ZodType) : [];
      const field = schema instanceof z.ZodObject ? (schema.shape[step] as z.ZodType | undefined) : undefined;
      return field ? alternatives(field) : [];
    });
  }
  return [...new Set(candidates.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])))];
}

function describeObject(schema: z.ZodType, kind: RecordKind, prefix: string, docs: FieldDoc[]): void {
  if (!(schema instanceof z.ZodObject)) return;
  for (const [name, raw] of Object.entries(schema.shape)) {
    const field = raw as z.ZodType;
    const path = prefix ? `${prefix}.${name}` : name;
    const meta = metaOf(field);
    docs.push({
      kind,
      path,
      name,
      required: !(field instanceof z.ZodOptional),
      shape: shapeOf(field),
      description: meta.description ?? '',
      ...(meta.vocabulary ? { vocabulary: meta.vocabulary } : {}),
      examples: ((meta.examples ?? []) as unknown[]).map(String),
    });
    for (const option of alternatives(field)) {
      if (option instanceof z.ZodArray)
        for (const item of alternatives(option.element as z.ZodType)) describeObject(item, kind, `${path}[]`, docs);
      else if (!isState(option)) describeObject(option, kind, path, docs);
    }
  }
}

/** `none` and `unknown` are described once, as states, not under each field that takes them. */
function isState(schema: z.ZodType): boolean {
  const id = schema.meta()?.id;
  return id === 'none' || id === 'unknown';
}

/** The schemas that a value may match: unions flattened, optional unwrapped. */
function alternatives(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => alternatives(option as z.ZodType));
  return [schema];
}

function metaOf(schema: z.ZodType): z.GlobalMeta {
  const own = schema.meta();
  if (own?.description || !(schema instanceof z.ZodOptional)) return own ?? {};
  return metaOf(schema.unwrap() as z.ZodType);
}

function shapeOf(schema: z.ZodType): string {
  const options = alternatives(schema).filter((option) => !isState(option));
  return [...new Set(options.map(shapeOfOne))].join(' or ');
}

function shapeOfOne(schema: z.ZodType): string {
  if (schema instanceof z.ZodArray) return `list of ${shapeOf(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodObject) return 'mapping';
  if (schema instanceof z.ZodLiteral) return `"${String([...schema.values][0])}"`;
  if (schema instanceof z.ZodEnum) {
    const vocabulary = schema.meta()?.vocabulary;
    return vocabulary ? `one of ${vocabulary}` : schema.options.map((option) => `"${option}"`).join(' or ');
  }
  return 'text';
}
