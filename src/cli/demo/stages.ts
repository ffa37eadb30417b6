/** The stages of the demonstration: a heading and a bar for each, and how long it took. */
import { type Progress, startProgress } from '../progress.ts';

export interface StageTime {
  readonly stage: string;
  readonly seconds: number;
}

export class Stages {
  readonly times: StageTime[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Runs one stage. @param total what its bar counts up to. */
  async run<T>(stage: string, total: number, work: (bar: Progress) => Promise<T>): Promise<T> {
    const started = performance.now();
    const bar = startProgress(stage, total);
    try {
      return await work(bar);
    } finally {
      bar.stop();
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      this.times.push({ stage, seconds });
      this.#say(`${stage} (${seconds.toFixed(1)} s)`);
    }
  }

  /** The closing table. */
  table(): string[] {
    const width = Math.max(...this.times.map(({ stage }) => stage.length), 'In all'.length);
    const total = this.times.reduce((sum, { seconds }) => sum + seconds, 0);
    return [...this.times, { stage: 'In all', seconds: total }].map(
      ({ stage, seconds }) => `  ${stage.padEnd(width)} ${seconds.toFixed(1).padStart(8)} s`,
    );
  }
}
