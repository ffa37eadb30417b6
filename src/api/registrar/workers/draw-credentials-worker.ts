/** Draws a part of a roll's tokens and credentials in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { type DrawWork, drawCredential } from '../draw-credentials.ts';

const { election, holders }: DrawWork = workerData;
parentPort?.postMessage(holders.map((holder) => drawCredential(election, holder)));
