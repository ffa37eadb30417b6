/** A thread of Node that checks entries. */
import { parentPort } from 'node:worker_threads';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { answerWith, type CheckRequest } from '../ballots/checker-thread.ts';

const port = parentPort;
if (port !== null) {
  const answer = answerWith((message, transfer) => port.postMessage(message, transfer), wasmKernel);
  port.on('message', (request: CheckRequest) => void answer(request));
}
