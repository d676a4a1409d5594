import { connect } from 'node:net';

/** What a run of a load client measured. */
export interface Load {
  readonly requestsPerSecond: number;
  /** Milliseconds from a request's first byte out to its answer's last byte in: the middle one, the one that 99 of 100 stay below, the most. */
  readonly median: number;
  readonly p99: number;
  readonly most: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/**
 * Asks one server over so many connections that are kept open, each for one thing after the other, for so long. Only answers that tell their length or come
 * in chunks are understood: both are all that our servers send. Throws where a connection ends early.
 */
export async function load(url: string, paths: readonly string[], connections: number, seconds: number): Promise<Load> {
  const { hostname, port } = new URL(url);
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const end = began + seconds * 1_000;
  const one = (index: number) =>
    new Promise<void>((done, failed) => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      let [round, sent] = [index, 0];
      let answer = new Answer();
      const next = () => {
        sent = performance.now();
        if (sent >= end) return socket.end();
        answer = new Answer();
        return socket.write(requests[round++ % requests.length] as Buffer);
      };
      socket.on('connect', next);
      socket.on('data', (data) => {
        if (!answer.take(data)) return;
        times.push(performance.now() - sent);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        next();
      });
      socket.on('error', failed);
      socket.on('close', () => (performance.now() >= end ? done() : failed(new Error(`${url} ended a connection`))));
    });
  await Promise.all(Array.from({ length: connections }, (_, index) => one(index)));
  const took = (performance.now() - began) / 1_000;
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
  return { requestsPerSecond: times.length / took, median: at(0.5), p99: at(0.99), most: at(1), statuses };
}

/** An answer as it comes in. */
class Answer {
  status = '';
  #head: Buffer | undefined = Buffer.alloc(0);
  /** Bytes still to come; undefined for chunks, which end with an empty one. */
  #left: number | undefined;
  #tail = '';

  /** Whether this was the last of it. */
  take(data: Buffer): boolean {
    let body = data;
    if (this.#head) {
      this.#head = this.#head.length > 0 ? Buffer.concat([this.#head, data]) : data;
      const split = this.#head.indexOf('\r\n\r\n');
      if (split < 0) return false;
      const head = this.#head.toString('latin1', 0, split);
      body = this.#head.subarray(split + 4);
      this.#head = undefined;
      this.status = head.slice(9, 12);
      const length = /\ncontent-length: (\d+)/i.exec(head)?.[1];
      this.#left = length === undefined ? undefined : Number(length);
    }
    if (this.#left !== undefined) {
      this.#left -= body.length;
      return this.#left <= 0;
    }
    this.#tail = (this.#tail + body.toString('latin1', Math.max(0, body.length - 7))).slice(-7);
    return this.#tail === '\r\n0\r\n\r\n';
  }
}
