/** A pause that can be cut short. */
export class Alarm {
  #rung = false;
  #wake: () => void = () => undefined;

  /** Ends the pause, or the next one if there is none. */
  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves after so long, or once rung. @returns whether it was rung. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
