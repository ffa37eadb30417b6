/** Keeps zod from trying whether it may make functions out of text: the page's policy forbids it. Imported first. */
import { config } from 'zod';

config({ jitless: true });
