/** The kinds of problem that the API answers with (RFC 9457): `type` is `urn:threatpedia:problem:` and the key. Keys and statuses are never changed. */
export const problems = {
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  parameter: { status: 400, title: 'A parameter is wrong' },
  query: { status: 400, title: 'The query cannot be read' },
  'too-large': { status: 413, title: 'Too large' },
  'too-costly': { status: 422, title: 'Too costly' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  busy: { status: 503, title: 'Busy' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

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
