import { termAddress } from '../graph/addresses.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { allFieldDocs } from '../schema/field-docs.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import type { Term, TermMapping, Vocabulary } from '../schema/vocabulary.ts';
import { IncidentTable } from './components/incident-table.tsx';
import type { Page } from './page.ts';
import type { View } from './view.ts';

/** The list of vocabularies, a page for each, and a page for each value with the incidents that carry it. */
export function* vocabularyPages(graph: Graph): Generator<Page> {
  yield indexPage();
  const carriers = incidentsByTerm(recordsOf(graph, 'incident'));
  for (const vocabulary of vocabularies) {
    yield vocabularyPage(vocabulary, carriers);
    for (const [value, term] of Object.entries(vocabulary.terms))
      yield termPage(vocabulary, value, term, carriers.get(`${vocabulary.name} ${value}`) ?? []);
  }
}

/** Which incidents carry which value, found through the fields that the schema ties to a vocabulary. */
function incidentsByTerm(incidents: readonly IncidentRecord[]): Map<string, IncidentRecord[]> {
  const fields = new Map(
    allFieldDocs().flatMap((field) =>
      field.kind === 'incident' && field.vocabulary ? [[field.path.replaceAll('[]', ''), field.vocabulary] as const] : [],
    ),
  );
  const listFields = new Map(
    allFieldDocs().flatMap((field) =>
      field.kind === 'incident' && /^list of one of /.test(field.shape)
        ? [[field.path.replaceAll('[]', ''), field.shape.replace('list of one of ', '')] as const]
        : [],
    ),
  );
  const found = new Map<string, IncidentRecord[]>();
  for (const record of [...incidents].sort((left, right) => compareByDate(right.data, left.data))) {
    const seen = new Set<string>();
    const visit = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        const vocabulary = fields.get(path) ?? listFields.get(path);
        if (vocabulary) seen.add(`${vocabulary} ${value}`);
      } else if (Array.isArray(value)) for (const item of value) visit(item, path);
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) visit(item, path ? `${path}.${key}` : key);
    };
    visit(record.data, '');
    for (const term of seen) found.set(term, [...(found.get(term) ?? []), record]);
  }
  return found;
}

function indexPage(): Page {
  return {
    address: 'vocabulary/',
    frame: () => ({
      title: 'Vocabulary',
      description:
        'Every closed list of values that the records use, each value with its definition, its source and its counterpart in ATT&CK, SLSA, CNCF and STIX.',
    }),
    content: (view) => (
      <>
        <h1>Vocabulary</h1>
        <p class="lede quiet">
          Closed lists, so that a query finds everything. Each value has a definition that lets two curators choose the same one.
        </p>
        <dl class="kinds">
          {vocabularies.map((vocabulary) => (
            <div>
              <dt>
                <a href={view.href(`vocabulary/${vocabulary.name}/`)}>{vocabulary.title}</a>{' '}
                <span class="count">{Object.keys(vocabulary.terms).length}</span>
              </dt>
              <dd>{vocabulary.definition}</dd>
            </div>
          ))}
        </dl>
      </>
    ),
  };
}

function vocabularyPage(vocabulary: Vocabulary, carriers: ReadonlyMap<string, readonly IncidentRecord[]>): Page {
  return {
    address: `vocabulary/${vocabulary.name}/`,
    frame: () => ({ title: `${vocabulary.title} (vocabulary)`, description: vocabulary.definition }),
    content: (view) => (
      <>
        <p class="kind-line">
          <a href={view.href('vocabulary/')}>Vocabulary</a> · <code>{vocabulary.name}</code>
        </p>
        <h1>{vocabulary.title}</h1>
        <p class="lede quiet">{vocabulary.definition}</p>
        <dl class="kinds">
          {Object.entries(vocabulary.terms).map(([value, term]) => (
            <div id={value.toLowerCase()}>
              <dt>
                <a href={view.href(termAddress(vocabulary, value))}>{term.label}</a> <code>{value}</code>{' '}
                <span class="count">{carriers.get(`${vocabulary.name} ${value}`)?.length ?? 0}</span>
              </dt>
              <dd>{term.definition}</dd>
            </div>
          ))}
        </dl>
      </>
    ),
  };
}

function termPage(vocabulary: Vocabulary, value: string, term: Term, incidents: readonly IncidentRecord[]): Page {
  return {
    address: termAddress(vocabulary, value),
    frame: () => ({
      title: `${term.label} (${vocabulary.title.toLowerCase()})`,
      description: `${vocabulary.title}, ${term.label}: ${term.definition}`,
    }),
    content: (view) => (
      <>
        <p class="kind-line">
          <a href={view.href('vocabulary/')}>Vocabulary</a> · <a href={view.href(`vocabulary/${vocabulary.name}/`)}>{vocabulary.title}</a> ·{' '}
          <code>{value}</code>
        </p>
        <h1>{term.label}</h1>
        <p class="lede">{term.definition}</p>
        <dl class="profile">
          <div>
            <dt>Definition from</dt>
            <dd>
              {term.source.url ? (
                <a href={term.source.url} rel="noopener noreferrer external">
                  {term.source.title}
                </a>
              ) : (
                term.source.title
              )}
            </dd>
          </div>
          {term.synonyms ? (
            <div>
              <dt>Also called</dt>
              <dd>{term.synonyms.join(', ')}</dd>
            </div>
          ) : null}
          <Mapping mapping={term.mapping} />
        </dl>
        <section aria-labelledby="carriers">
          <h2 id="carriers">Incidents with this value</h2>
          <Carriers view={view} incidents={incidents} />
        </section>
      </>
    ),
  };
}

function Carriers({ view, incidents }: { view: View; incidents: readonly IncidentRecord[] }) {
  if (incidents.length === 0) return <p class="absent">No structured records.</p>;
  return (
    <>
      <IncidentTable view={view} incidents={incidents.slice(0, 200)} />
      {incidents.length > 200 ? (
        <p>
          The newest 200 of {incidents.length}. <a href={view.href('incidents/')}>Filter all incidents</a>.
        </p>
      ) : null}
    </>
  );
}

const SCHEMES: { readonly [S in keyof TermMapping]-?: string } = {
  attack: 'ATT&CK',
  slsa: 'SLSA',
  cncf: 'CNCF catalogue',
  sap: 'SAP Risk Explorer',
  stix: 'STIX 2.1',
};

function Mapping({ mapping }: { mapping: TermMapping | undefined }) {
  if (!mapping) return null;
  return (
    <>
      {Object.entries(mapping).map(([scheme, ids]) => (
        <div>
          <dt>{SCHEMES[scheme as keyof TermMapping]}</dt>
          <dd>
            <code>{[ids].flat().join(', ')}</code>
          </dd>
        </div>
      ))}
    </>
  );
}
