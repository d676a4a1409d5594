/** The kinds of problem that the API answers with (RFC 9457): `type` is `urn:threatpedia:problem:` and the key. Keys and statuses are never changed; `when` is for people. */
export const problems = {
  'not-found': { status: 404, title: 'Not found', when: 'nothing is there, or nothing is called that' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', when: 'another method; `Allow` names those that work' },
  parameter: { status: 400, title: 'A parameter is wrong', when: 'a parameter is unknown, given twice, or of another form' },
  query: { status: 400, title: 'The query cannot be read', when: 'the query cannot be read' },
  'too-large': { status: 413, title: 'Too large', when: 'an inventory of more than 5 MiB' },
  'too-costly': { status: 422, title: 'Too costly', when: 'an inventory would take more than 10 s, half a gigabyte, or a report of 32 MB' },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    when: 'more questions a minute than `--rate-limit` allows; `Retry-After`',
  },
  internal: { status: 500, title: 'Internal error', when: 'a fault of ours' },
  starting: { status: 503, title: 'Not ready yet', when: 'the site is being built for the first time; `Retry-After`' },
  busy: { status: 503, title: 'Busy', when: 'sixteen checks or exports wait already; `Retry-After`' },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly when: string }>;

export type ProblemKind = keyof typeof problems;

/** Problem details as a response; `more` are further members. */
export function problemResponse(
  request: Pick<Request, 'method'>,
  kind: ProblemKind,
  detail: string,
  more: object = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { status, title } = problems[kind];
  const body = `${JSON.stringify({ type: `urn:threatpedia:problem:${kind}`, title, status, detail, ...more })}\n`;
  return new Response(request.method === 'HEAD' ? null : body, {
    status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(body)),
    },
  });
}
