import { createApp, startServer } from '../../src/api/server.ts';

/** One request as the server saw it, and what it answered. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly hasBody: boolean;
  readonly status: number;
  /** Bytes of the answer. */
  readonly bytes: number;
}

/** The real server of a built site, with a list of everything that reached it. */
export interface RecordingServer {
  readonly url: string;
  readonly exchanges: Exchange[];
  stop(): Promise<void>;
}

export async function startRecordingServer(siteFolder: string): Promise<RecordingServer> {
  const exchanges: Exchange[] = [];
  const app = createApp({ siteFolder });
  const answer = app.fetch;
  app.fetch = async (request, ...rest) => {
    const response = await answer(request, ...rest);
    const { pathname, search } = new URL(request.url);
    const bytes = Number(response.headers.get('content-length') ?? 0);
    exchanges.push({ method: request.method, path: pathname, search, hasBody: request.body !== null, status: response.status, bytes });
    return response;
  };
  return { ...(await startServer(app, { port: 0, host: '127.0.0.1' })), exchanges };
}
