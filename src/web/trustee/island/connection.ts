/** The page's end of the line to the worker. */
import { trustedScript } from '../../trusted-script.ts';
import type { Failure } from './failures.ts';
import type { Client, Method, Told } from './messages.ts';
import { texts } from './texts.ts';

/** What the worker refused, as a sentence for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.sentence);
    this.failure = failure;
  }

  static saying(sentence: string): Refusal {
    return new Refusal({ kind: 'failure', sentence, detail: null });
  }
}

/** What the worker says without having been asked. */
export type News = Exclude<Told, { readonly kind: 'answer' | 'refusal' }>;

/** Calls a method of the worker. @throws Refusal. */
export type Ask = <M extends Method>(
  method: M,
  ...args: Parameters<Client[M]>
) => Promise<Awaited<ReturnType<Client[M]>>>;

/** Starts the worker. @param onNews is told what it says by itself. */
export function connect(path: string, onNews: (news: News) => void): Ask {
  const script = trustedScript('teller-worker', path);
  const worker = new Worker(script, { type: 'module', name: document.documentElement.lang });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Refusal) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind !== 'answer' && data.kind !== 'refusal') return onNews(data);
    const caller = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'answer') caller?.resolve(data.value);
    else caller?.reject(new Refusal(data.failure));
  });
  worker.addEventListener('error', () => {
    const failure = Refusal.saying(texts.page.notLoaded).failure;
    onNews({ kind: 'trouble', failure });
    for (const { reject } of waiting.values()) reject(new Refusal(failure));
    waiting.clear();
  });
  return async (method, ...args) => {
    const id = ++last;
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.postMessage({ id, method, args });
    // The worker answers each method with what `Client` says: both are of one build.
    return (await answer) as never;
  };
}
