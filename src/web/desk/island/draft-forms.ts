/** The forms that an election starts from, of the examples; and the draft that this browser keeps. */

import recorded from '../../../../examples/committee-6-3/manifest.json' with { type: 'json' };
import committee from '../../../../examples/committee-of-seven/manifest.json' with { type: 'json' };
import consent from '../../../../examples/consent/manifest.json' with { type: 'json' };
import both from '../../../../examples/hybrid-concurrent/manifest.json' with { type: 'json' };
import prevail from '../../../../examples/hybrid-members-prevail/manifest.json' with { type: 'json' };
import seat from '../../../../examples/one-of-n/manifest.json' with { type: 'json' };
import petition from '../../../../examples/petition-1000/manifest.json' with { type: 'json' };
import priorities from '../../../../examples/priorities/manifest.json' with { type: 'json' };
import motion from '../../../../examples/quorum-30/manifest.json' with { type: 'json' };
import survey from '../../../../examples/survey/manifest.json' with { type: 'json' };
import { blankForm, changeManifest } from '../../../officer/edit-draft.ts';
import { parseTemplate } from '../../../officer/election-template.ts';
import { parseUnfinished, startDraft, type UnfinishedDraft } from '../../../officer/unfinished-draft.ts';

const FORMS: Readonly<Record<string, object>> = {
  motion,
  both,
  prevail,
  consent,
  seat,
  committee,
  priorities,
  survey,
  recorded,
  petition,
};

export const FORM_NAMES: readonly string[] = Object.keys(FORMS);

/** Of lost voting codes, where a form says nothing: without any, whoever loses the letter cannot vote. */
const REPLACEMENTS = 50;

/** @param titles what forms have for their ids in the language. */
export function startFrom(
  form: string,
  lang: string,
  titles: Readonly<Record<string, string>>,
): UnfinishedDraft {
  const election = blankForm(parseTemplate(JSON.stringify(FORMS[form]), form), lang, titles);
  const replacements = election.manifest.caps.replacements || REPLACEMENTS;
  return startDraft(changeManifest(election, { caps: { replacements } }));
}

const KEPT = 'teller-desk-draft';

/** The draft that this browser keeps; null where there is none, or one that this release cannot read. */
export function keptDraft(): UnfinishedDraft | null {
  const text = localStorage.getItem(KEPT);
  if (text === null) return null;
  try {
    return parseUnfinished(text);
  } catch {
    return null;
  }
}

export function keepDraft(draft: UnfinishedDraft | null): void {
  if (draft === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(draft));
}
