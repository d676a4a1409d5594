import { createHash } from 'node:crypto';
import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import { AppError } from '../base/problem.ts';
import { type AnswerRoute, answerRoutes, type CheckInventory, faultOf, MAX_CHECK_BYTES, type RouteAnswer } from './answer-routes.ts';
import { chooseEncoding, compressors } from './content-encoding.ts';
import { problemResponse } from './problems.ts';

/** Checks that run or wait at once, inventories that are being received, and exports that wait for their turn. */
const MAX_CHECKS = 16;
const MAX_RECEIVED = 64;
const MAX_EXPORTS = 16;
const COMPRESSED_FROM = 860;
const TOO_LARGE = `An inventory has at most ${MAX_CHECK_BYTES} bytes; the command \`threatpedia check\` takes more.`;

/** An inventory would take more time or memory than the server gives it. */
export class TooCostlyError extends Error {
  override readonly name = 'TooCostlyError';

  constructor() {
    super('This inventory takes more time or memory than is given here; the command `threatpedia check` takes what the machine has.');
  }
}

/** Answers questions about the corpus, which is read when the first one comes. */
export class AnswerServer {
  readonly #load: () => Promise<CorpusAnswers>;
  readonly #site: string | undefined;
  #answers: Promise<CorpusAnswers> | undefined;
  readonly #check: CheckInventory | undefined;
  #checks = 0;
  #received = 0;
  #exports = 0;
  #lastExport: Promise<unknown> = Promise.resolve();

  /** `site`: address of the website that exports link to, with a slash at the end; default: the host that is asked. `check`: checks away from this thread. */
  constructor(load: () => Promise<CorpusAnswers>, site?: string, check?: CheckInventory) {
    this.#load = load;
    this.#site = site;
    this.#check = check;
  }

  /** The answer to a request; undefined where its path is no question. */
  async respond(request: Request, path: string): Promise<Response | undefined> {
    const found = findRoute(path);
    if (!found) return undefined;
    const { route, fromPath } = found;
    const allowed = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    if (!allowed.includes(request.method)) {
      return problemResponse(request, 'method-not-allowed', `Here only ${allowed.join(' or ')}.`, {}, { allow: allowed.join(', ') });
    }
    try {
      const parameters = readParameters(route, new URL(request.url).searchParams, fromPath);
      if (route.method === 'POST') return await this.#checkBody(request, route, parameters);
      if (route.response === undefined) return await this.#export(request, route, parameters);
      const answer = await route.answer(await this.#corpus(), parameters, { body: new Uint8Array(), site: this.#siteOf(request) });
      return await send(request, answer);
    } catch (error) {
      if (error instanceof TooCostlyError) return problemResponse(request, 'too-costly', error.message);
      if (!(error instanceof AppError)) throw error;
      const problem = error.code === 'not-found' ? 'not-found' : 'fault' in error ? 'query' : 'parameter';
      return problemResponse(request, problem, error.message, faultOf(error));
    }
  }

  async #checkBody(request: Request, route: AnswerRoute, parameters: never): Promise<Response> {
    const body = await this.#receive(request);
    if (body instanceof Response) return body;
    // Counted when it is whole: slow senders keep nobody else from checking.
    if (this.#checks >= MAX_CHECKS) return busy(request, 'checks');
    this.#checks++;
    try {
      return await send(
        request,
        await route.answer(await this.#corpus(), parameters, { body, site: this.#siteOf(request), check: this.#check }),
      );
    } finally {
      this.#checks--;
    }
  }

  /** The inventory that is sent, or why it is not taken. */
  async #receive(request: Request): Promise<Uint8Array | Response> {
    if (this.#received >= MAX_RECEIVED) return busy(request, 'checks');
    this.#received++;
    try {
      const body = await readBody(request, MAX_CHECK_BYTES);
      return body ?? problemResponse(request, 'too-large', TOO_LARGE);
    } catch {
      // The sender was cut off or went away: nobody reads this.
      return new Response(null, { status: 408 });
    } finally {
      this.#received--;
    }
  }

  /** Making an export may take a second: one after the other, so that whatever else is asked is answered in between. */
  async #export(request: Request, route: AnswerRoute, parameters: never): Promise<Response> {
    if (this.#exports >= MAX_EXPORTS) return busy(request, 'exports');
    this.#exports++;
    const made = this.#lastExport.then(async () => {
      await letOthersIn();
      if (request.signal.aborted) return new Response(null, { status: 408 });
      return send(request, await route.answer(await this.#corpus(), parameters, { body: new Uint8Array(), site: this.#siteOf(request) }));
    });
    this.#lastExport = made.catch(() => undefined).finally(() => this.#exports--);
    return made;
  }

  #siteOf(request: Request): string {
    return this.#site ?? `${new URL(request.url).origin}/`;
  }

  #corpus(): Promise<CorpusAnswers> {
    this.#answers ??= this.#load().catch((error) => {
      this.#answers = undefined;
      throw error;
    });
    return this.#answers;
  }
}

/** Connections that are let in before the next export is made: the event loop accepts one a turn, and an export takes a turn of its own. */
const TURNS = 64;

async function letOthersIn(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((next) => setImmediate(next));
}

function busy(request: Request, what: string): Response {
  return problemResponse(request, 'busy', `Too many ${what} wait; ask again soon.`, {}, { 'retry-after': '2' });
}

/** Whether a path is a question. */
export function isAnswerPath(path: string): boolean {
  return findRoute(path) !== undefined;
}

interface FoundRoute {
  readonly route: AnswerRoute;
  readonly fromPath: Readonly<Record<string, string>>;
}

/** Routes of one address, by it; and those in whose address the last part is a parameter. */
const exactRoutes = new Map<string, FoundRoute>();
const openRoutes: { readonly route: AnswerRoute; readonly before: string; readonly parameter: string }[] = [];
for (const route of answerRoutes) {
  const [before = '', parameter] = route.path.split(/[{}]/);
  if (parameter === undefined) exactRoutes.set(route.path, { route, fromPath: {} });
  else openRoutes.push({ route, before, parameter });
}

function findRoute(path: string): FoundRoute | undefined {
  const exact = exactRoutes.get(path);
  if (exact) return exact;
  for (const { route, before, parameter } of openRoutes) {
    if (path.startsWith(before) && !path.includes('/', before.length))
      return { route, fromPath: { [parameter]: path.slice(before.length) } };
  }
  return undefined;
}

/** Parameters as the route takes them; one without a value is as if left out. Throws AppError `usage` that names what is wrong and what there is. */
function readParameters(route: AnswerRoute, search: URLSearchParams, fromPath: Readonly<Record<string, string>>): never {
  const given: Record<string, string> = { ...fromPath };
  const known = Object.keys(route.parameters.shape);
  for (const [name, value] of search) {
    if (!known.includes(name))
      throw new AppError('usage', `there is no parameter ${JSON.stringify(name.slice(0, 60))}; there are ${known.join(', ') || 'none'}`);
    // What a form sends of a field that nobody filled in.
    if (value === '') continue;
    if (Object.hasOwn(given, name)) throw new AppError('usage', `${name} is given more than once`);
    given[name] = value;
  }
  const parsed = route.parameters.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('usage', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data as never;
}

/** The body, at most so many bytes; undefined where it is longer. A while longer is read and thrown away: who still sends does not hear the answer. */
async function readBody(request: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 4 * most) break;
  }
  return size > most ? undefined : Buffer.concat(chunks);
}

async function send(request: Request, answer: RouteAnswer): Promise<Response> {
  if ('pieces' in answer) return stream(request, answer);
  const bytes = Buffer.from(`${'jsonText' in answer ? answer.jsonText : JSON.stringify(answer.json)}\n`);
  const encoding =
    bytes.length < COMPRESSED_FROM ? undefined : chooseEncoding(request.headers.get('accept-encoding') ?? undefined, ['br', 'gzip']);
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}${encoding ? `-${encoding}` : ''}"`;
  const headers = { 'content-type': 'application/json; charset=utf-8', etag, vary: 'accept-encoding', 'cache-control': 'no-cache' };
  if (request.method !== 'POST' && request.headers.get('if-none-match')?.split(/,\s*/).includes(etag))
    return new Response(null, { status: 304, headers });
  const body = encoding ? await compressors[encoding](bytes) : bytes;
  const sized = { ...headers, ...(encoding ? { 'content-encoding': encoding } : {}), 'content-length': String(body.byteLength) };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers: sized });
}

/** The first part is made at once, others as the client takes them. */
function stream(request: Request, { type, pieces }: { readonly type: string; readonly pieces: Iterable<string> }): Response {
  const headers = { 'content-type': type, 'cache-control': 'no-cache' };
  if (request.method === 'HEAD') return new Response(null, { headers });
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.iterator]();
  /** Some 64 thousand characters; empty at the end. */
  const nextPart = (): string => {
    let text = '';
    while (text.length < 65_536) {
      const { done, value } = iterator.next();
      if (done) break;
      text += value;
    }
    return text;
  };
  let part = nextPart();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (part) controller.enqueue(encoder.encode(part));
      else controller.close();
      part &&= nextPart();
    },
  });
  return new Response(body, { headers });
}
