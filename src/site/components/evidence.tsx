import type { Child } from 'hono/jsx';
import { publicSince, referenceIndex, sourceKey } from '../../graph/evidence-dates.ts';
import { nodeId } from '../../graph/graph.ts';
import { referenceIdOf } from '../../schema/cited.ts';
import type { Citation, Known } from '../../schema/evidence.ts';
import { parseLinks } from '../../schema/link-markup.ts';
import { primitivesOf } from '../../schema/primitive-keys.ts';
import { type CorpusRecord, isRecordKind } from '../../schema/record.ts';
import type { View } from '../view.ts';

interface EvidenceProps {
  readonly view: View;
  readonly record: CorpusRecord;
}

/** Claim text with its links made real. */
export function Text({ view, record, text }: EvidenceProps & { text: string }) {
  return (
    <>
      {parseLinks(text).map((piece) => {
        if (piece.kind === 'text') return piece.text;
        const target = linkTarget(record, piece.target, piece.key);
        return target && view.site.graph.nodes.has(nodeId(target.kind, target.key)) ? (
          <a href={view.hrefOf(target)}>{piece.label}</a>
        ) : (
          piece.label
        );
      })}
    </>
  );
}

function linkTarget(record: CorpusRecord, kind: string, key: string) {
  if (isRecordKind(kind)) return { kind, key };
  return record.kind === 'incident' ? primitivesOf(record.data).find((primitive) => primitive.handle === key) : undefined;
}

/**
 * Citations as footnote numbers. On the record's own page they lead to its reference list; elsewhere (`away`) to the source's page. The
 * word joiner keeps them on the line of the word they support.
 */
export function Cites({ view, record, cites, away = false }: EvidenceProps & { cites: readonly Citation[]; away?: boolean }) {
  const index = referenceIndex(record);
  return (
    <span class={away ? 'cites away' : 'cites'}>
      {'\u2060'}
      {cites.map((cited) => {
        const id = referenceIdOf(cited);
        const reference = index.get(id);
        if (!reference) return null;
        const number = index.numberOf(id);
        const place =
          typeof cited === 'string' ? '' : [cited.locator, ...(cited.anchors ?? []).map((text) => `“${text}”`)].filter(Boolean).join(', ');
        const about = `${reference.publisher}, ${reference.published ?? 'undated'}${place ? `: ${place}` : ''}`;
        return away ? (
          <a
            class="cite"
            href={view.hrefOf({ kind: 'source', key: sourceKey(reference) })}
            data-public={publicSince(reference)}
            title={`${reference.title} — ${about}`}
          >
            [{[reference.publisher, reference.published?.slice(0, 10).replace(/[?~%]/g, '')].filter(Boolean).join(' ')}]
          </a>
        ) : (
          <a class="cite" href={`#ref-${number}`} title={about} aria-label={`Reference ${number}`}>
            [{number}]
          </a>
        );
      })}
    </span>
  );
}

/** A sentence with its citations. */
export function ClaimText({
  view,
  record,
  claim,
  away,
}: EvidenceProps & { claim: { readonly text: string; readonly cites: readonly Citation[] }; away?: boolean }) {
  return (
    <>
      <Text view={view} record={record} text={claim.text} />
      <Cites view={view} record={record} cites={claim.cites} away={away} />
    </>
  );
}

/**
 * A list that may be filled, absent, evidenced as empty, or unknown. The four look different: absent is a plain remark, none is a statement
 * with its source, unknown is marked as an open matter.
 */
export function Field<Item>({
  view,
  record,
  value,
  children,
}: EvidenceProps & { value: Known<Item> | undefined; children: (items: readonly Item[]) => Child }) {
  if (value === undefined) return <p class="absent">No structured records.</p>;
  if ('unknown' in value) return <UnknownNote why={value.unknown.why} />;
  if ('none' in value) {
    return (
      <p class="evidenced-none">
        <b>None.</b> {value.none.why}
        <Cites view={view} record={record} cites={value.none.cites} />
      </p>
    );
  }
  if (value.length === 0) return <p class="absent">No structured records.</p>;
  return <>{children(value)}</>;
}

/** Looked for, not established. */
export function UnknownNote({ why }: { why: string }) {
  return (
    <p class="unknown-note">
      <b>Unknown.</b> {why}
    </p>
  );
}
