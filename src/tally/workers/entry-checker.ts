/** A thread of Node that checks entries. */
import { parentPort } from 'node:worker_threads';
import { answerWith, type CheckRequest } from '../ballots/checker-thread.ts';

const port = parentPort;
if (port !== null) {
  const answer = answerWith((message, transfer) => port.postMessage(message, transfer));
  port.on('message', (request: CheckRequest) => answer(request));
}
