import type { Child } from 'hono/jsx';
import type { ApiDescription, ApiOperation, ApiSchema } from '../base/openapi.ts';
import type { Page } from './page.ts';
import type { View } from './view.ts';

/** Page to read and try the API on, made from its description. */
export function apiPage(api: ApiDescription): Page {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = methods[method];
      return operation ? [{ path, method: method.toUpperCase(), operation }] : [];
    }),
  );
  const questions = operations.filter(({ operation }) => operation.tags?.includes('server'));
  const files = operations.filter(({ operation }) => !operation.tags?.includes('server'));
  const shapes = shapesOf(api, operations);
  const problems = Object.entries(api.components.schemas.Problem?.['x-problems'] ?? {});
  return {
    address: 'data/api/',
    frame: () => ({
      title: 'API reference',
      description: 'Every address of API v1 with its parameters, an example to run, what it answers, and the problems it reports.',
    }),
    content: (view) => (
      <article class="prose format api">
        <h1>API reference</h1>
        <p class="lede">
          Generated from the <a href={view.href('api/v1/openapi.json')}>OpenAPI 3.1 description</a> of version {api.info.version}. No key is
          needed, nothing that you send is kept, and every answer may be read from other sites’ scripts.
        </p>
        <nav class="jump" aria-label="Parts of this page">
          <a href="#questions">Questions</a>
          <a href="#files">Files</a>
          <a href="#shapes">Shapes</a>
          <a href="#problems">Problems</a>
        </nav>
        <section id="questions" aria-labelledby="questions-title">
          <h2 id="questions-title">Questions</h2>
          <p>
            <code>threatpedia serve</code> answers these; a copy of this site on a static host does not. Answers carry an <code>ETag</code>:
            send it back as <code>If-None-Match</code> to learn that nothing changed.
          </p>
          {questions.map((question) => (
            <Question view={view} {...question} />
          ))}
        </section>
        <section id="files" aria-labelledby="files-title">
          <h2 id="files-title">Files</h2>
          <p>These addresses work on any host. The server also takes them without the ending.</p>
          <FileTable view={view} files={files.filter(({ path }) => !path.includes('{'))} caption="Lists and counts" />
          <FileTable
            view={view}
            files={files.filter(({ path }) => path.includes('{'))}
            caption={'One of a kind, where {slug} is as in its page’s address'}
          />
        </section>
        <section id="shapes" aria-labelledby="shapes-title">
          <h2 id="shapes-title">Shapes</h2>
          <p>
            What answers look like. The records inside are described field by field in the <a href={view.href('format/')}>record format</a>.
          </p>
          {shapes.map(([name, schema]) => (
            <section id={anchorOf(name)} aria-labelledby={`${anchorOf(name)}-title`}>
              <h3 id={`${anchorOf(name)}-title`}>{name}</h3>
              {schema.description ? <p>{schema.description}</p> : null}
              <dl class="fields">
                {fieldsOf(schema, '').map(({ path, field, required }) => (
                  <div class={`level-${Math.min(3, path.split('.').length)}`}>
                    <dt>
                      <code>{path}</code>{' '}
                      <small>
                        <Shape view={view} schema={field} />
                        {required ? '' : ' · may be missing'}
                      </small>
                    </dt>
                    {field.description ? <dd>{field.description}</dd> : null}
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </section>
        <section id="problems" aria-labelledby="problems-title">
          <h2 id="problems-title">Problems</h2>
          <p>
            Errors are problem details (RFC 9457) of type <code>urn:threatpedia:problem:</code> and one of these names, which never change.
          </p>
          <div class="table-frame">
            <table>
              <thead>
                <tr>
                  <th scope="col">Problem</th>
                  <th scope="col">Status</th>
                  <th scope="col">When</th>
                </tr>
              </thead>
              <tbody>
                {problems.map(([name, { status, when }]) => (
                  <tr>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td>{status}</td>
                    <td>
                      <Coded text={when} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      </article>
    ),
  };
}

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: ApiOperation;
}

function Question({ view, path, method, operation }: Described & { readonly view: View }) {
  // `GET /path?query` or `POST /path?query`, a line break, and the body.
  const [address = path, ...lines] = (operation['x-example'] ?? '').slice(method.length + 1).split('\n');
  // A form writes a space as a plus sign; so does the example.
  const filled = new URLSearchParams(address.split('?')[1] ?? '');
  const asked = operation.parameters.filter((parameter) => parameter.in === 'query');
  // A part of the path cannot be filled in by a form: the example stands for all.
  const target = address.split('?')[0] ?? path;
  const origin = view.site.origin;
  const otherwise = Object.entries(operation.responses).filter(([status]) => status !== '200');
  return (
    <section id={operation.operationId} class="operation" aria-labelledby={`${operation.operationId}-title`}>
      <h3 id={`${operation.operationId}-title`}>
        <code>
          {method} {path}
        </code>
      </h3>
      <p>
        <Coded text={operation.summary} />
      </p>
      {operation.parameters.length > 0 ? (
        <dl class="fields parameters">
          {operation.parameters.map(({ name, required, description, schema }) => (
            <div>
              <dt>
                <code>{name}</code>{' '}
                <small>
                  <Shape view={view} schema={schema} />
                  {required
                    ? ' · required'
                    : schema.default === undefined || schema.default === ''
                      ? ''
                      : ` · default ${String(schema.default)}`}
                </small>
              </dt>
              {description ? <dd>{description}</dd> : null}
            </div>
          ))}
        </dl>
      ) : null}
      <pre class="query" tabindex={0} role="group" aria-label={`Example of ${operation.operationId}`}>
        <code>
          {method === 'POST'
            ? `printf '${lines.filter(Boolean).join('\\n')}\\n' |\n  curl --data-binary @- '${origin}${address}'`
            : `curl '${origin}${address}'`}
        </code>
      </pre>
      {method === 'GET' && !view.site.options.plainFiles ? (
        <form class="try" action={target} method="get" aria-label={`Try ${operation.operationId}`}>
          {asked.map(({ name, required, schema }) => (
            <div>
              <label for={`${operation.operationId}-${name}`}>{name}</label>
              <ParameterInput
                id={`${operation.operationId}-${name}`}
                name={name}
                value={filled.get(name) ?? ''}
                required={required}
                schema={schema}
              />
            </div>
          ))}
          <button type="submit">Ask{asked.length === 0 ? '' : ' this'}</button>
        </form>
      ) : null}
      <p class="answers">
        Answers <Answer view={view} operation={operation} />.
      </p>
      <details class="answers">
        <summary>Otherwise {otherwise.map(([status]) => status).join(', ')}</summary>
        <dl class="statuses">
          {otherwise.map(([status, { description }]) => (
            <div>
              <dt>{status}</dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

interface ParameterInputProps {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly required: boolean;
  readonly schema: ApiSchema;
}

function ParameterInput({ id, name, value, required, schema }: ParameterInputProps) {
  if (!schema.enum) {
    const inputMode = schema.type === 'integer' ? 'numeric' : undefined;
    return <input id={id} name={name} value={value} required={required} inputmode={inputMode} autocomplete="off" spellcheck={false} />;
  }
  return (
    <select id={id} name={name} required={required}>
      {required ? null : <option value="">any</option>}
      {schema.enum.map((one) => (
        <option selected={one === value}>{one}</option>
      ))}
    </select>
  );
}

function FileTable({ view, files, caption }: { readonly view: View; readonly files: readonly Described[]; readonly caption: string }) {
  return (
    <>
      <h3>{caption}</h3>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">Address</th>
              <th scope="col">What</th>
              <th scope="col">Shape</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ path, operation }) => (
              <tr>
                <th scope="row">
                  {path.includes('{') ? (
                    <code>{path}</code>
                  ) : (
                    <a href={view.href(path.slice(1))} type="application/json">
                      <code>{path}</code>
                    </a>
                  )}
                </th>
                <td>{operation.summary}</td>
                <td>
                  <Answer view={view} operation={operation} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What an operation answers where all is well. */
function Answer({ view, operation }: { readonly view: View; readonly operation: ApiOperation }) {
  const [[type, content] = []] = [Object.entries(operation.responses['200']?.content ?? {})[0] ?? []];
  if (!content || type === '*/*') return <>the text of that format</>;
  return <Shape view={view} schema={content.schema} />;
}

/** The type of a value in a few words, with links to shapes that are described elsewhere. */
function Shape({ view, schema }: { readonly view: View; readonly schema: ApiSchema }): Child {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return <a href={`#${anchorOf(name)}`}>{name}</a>;
  }
  if (schema.allOf?.[0]) return <Shape view={view} schema={schema.allOf[0]} />;
  if (schema.anyOf) {
    return schema.anyOf.map((one, index) => (
      <>
        {index > 0 ? ' or ' : ''}
        <Shape view={view} schema={one} />
      </>
    ));
  }
  if (schema.const !== undefined) return <code>{schema.const}</code>;
  if (schema.enum) {
    if (schema.enum.length > 12) return `one of ${schema.enum.length} names`;
    return <>one of {schema.enum.join(', ')}</>;
  }
  if (schema.type === 'array') {
    return <>list of {schema.items ? <Shape view={view} schema={schema.items} /> : 'anything'}</>;
  }
  if (schema.type === 'object') {
    const values = schema.additionalProperties;
    return typeof values === 'object' && !schema.properties && Object.keys(values).length > 0 ? (
      <>
        by name, <Shape view={view} schema={values} />
      </>
    ) : (
      'object'
    );
  }
  return schema.type ?? 'anything';
}

/** Text in which backticks stand for code. */
function Coded({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

/** The fields of a shape, those inside others by their path: `edges[].to.id`. */
function fieldsOf(schema: ApiSchema, before: string): { readonly path: string; readonly field: ApiSchema; readonly required: boolean }[] {
  const inner = innerOf(schema, before);
  if (!inner) return [];
  return Object.entries(inner.schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${inner.path}${inner.path ? '.' : ''}${name}`;
    return [{ path, field, required: inner.schema.required?.includes(name) ?? false }, ...fieldsOf(field, path)];
  });
}

/** The object whose fields stand inside a schema, through lists and maps. */
function innerOf(schema: ApiSchema, path: string): { readonly schema: ApiSchema; readonly path: string } | undefined {
  if (schema.properties) return { schema, path };
  if (schema.type === 'array' && schema.items) return innerOf(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') return innerOf(schema.additionalProperties, `${path}.*`);
  const only = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return only.length === 1 && only[0] ? innerOf(only[0], path) : undefined;
}

/** The shapes that operations answer with and those that these refer to; the records’ own parts stand in the record format. */
function shapesOf(api: ApiDescription, operations: readonly Described[]): readonly (readonly [string, ApiSchema])[] {
  const found = new Map<string, ApiSchema>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') visit(inner);
      else {
        const name = nameOf(inner);
        const schema = api.components.schemas[name];
        if (!schema || found.has(name)) continue;
        found.set(name, schema);
        visit(schema);
      }
    }
  };
  for (const { operation } of operations) {
    for (const { content } of Object.values(operation.responses)) {
      for (const { schema } of Object.values(content ?? {})) visit(schema.allOf?.[0] ?? schema);
    }
  }
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1));
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function anchorOf(name: string): string {
  return `shape-${name}`;
}
