/** What every part of an election's desk works with. */
import type { Receipt } from '../../../../record/receipt.ts';
import type { OpenKey } from '../../../keys/signing-keys.ts';
import type { ConductTexts } from '../../../texts/en/conduct.ts';
import type { Words } from '../words.ts';
import type { Make } from './enter.ts';
import type { View } from './view.ts';

export interface Desk {
  readonly words: Words;
  readonly view: View;
  /** Open, and an officer's of this election; null otherwise: then nothing can be signed. */
  readonly key: OpenKey | null;
  /** Signs and enters, says what is done, and reads the record again. @throws Error in words. */
  readonly enter: (make: Make, act: keyof ConductTexts['acts']) => Promise<void>;
  /** Runs what needs no signature in the same way. */
  readonly run: (
    act: () => Promise<Receipt | 'waits' | null>,
    name: keyof ConductTexts['acts'],
  ) => Promise<void>;
}
