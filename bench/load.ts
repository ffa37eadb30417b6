/** A rush of voters: requests over kept connections, each sent as soon as the one before it is answered. */
import { Agent, request } from 'node:http';

export interface Rush {
  readonly url: string;
  readonly bodies: readonly Uint8Array[];
  readonly connections: number;
}

export interface Answered {
  readonly seconds: number;
  /** Of each request, from sending to the last byte of the answer, ascending. */
  readonly milliseconds: readonly number[];
  /** Bodies of the answers, in the order of the requests. */
  readonly answers: readonly string[];
}

function post(agent: Agent, url: string, body: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject).on('end', () => {
        if (response.statusCode === 201) resolve(text);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @throws Error unless every answer is 201. */
export async function rush({ url, bodies, connections }: Rush): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const milliseconds: number[] = [];
  const answers: string[] = [];
  const left = bodies.entries();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const [i, body] of left) {
        const sent = performance.now();
        answers[i] = await post(agent, url, body);
        milliseconds.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { seconds, milliseconds: milliseconds.sort((a, b) => a - b), answers };
}
