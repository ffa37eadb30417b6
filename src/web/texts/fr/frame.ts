/** What is on every page, in French. */
import type { FrameTexts } from '../en/frame.ts';
import { Format } from '../format.ts';

export const format = new Format('fr-FR');

export const frame: FrameTexts = {
  name: 'Français',
  dir: 'ltr',
  skip: 'Aller au contenu',
  home: 'Votes',
  languages: 'Langues',
  foot: 'Compté au grand jour avec Teller.',
  reference: 'Pour les programmeurs',
  wrong: (title) => `Erreur : ${title}`,
};
