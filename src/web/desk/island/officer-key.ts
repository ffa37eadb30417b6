/** The officer's signing key at the desk. What it signs: src/officer/sign-entry.ts. */
import { KeySitting, type Sitting, useKeySitting } from '../../keys/key-sitting.ts';

export const officersSitting = new KeySitting('officer');

export const useSitting = (): Sitting => useKeySitting(officersSitting);
