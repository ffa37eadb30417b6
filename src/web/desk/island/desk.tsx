/** The script of the officers' desk: finds out which page it is on, and shows its part. */

// oxlint-disable-next-line no-unassigned-import
import '../../trustee/island/no-eval.ts';
import type { JSX } from 'preact';
import { render } from 'preact';
import { Account } from './account.tsx';
import { ElectionDesk } from './election-desk.tsx';
import { IssueDesk } from './issue-desk.tsx';
import { KeyPanel } from './key-panel.tsx';
import { NewElection } from './new-election.tsx';
import { RollDesk } from './roll-desk.tsx';
import { SignIn } from './sign-in.tsx';
import { wordsFor } from './words.ts';

const root = document.querySelector<HTMLElement>('#desk');

function part({ dataset }: HTMLElement): JSX.Element {
  const words = wordsFor(document.documentElement.lang);
  const { page = 'sign-in', officer = '', election = '', title = '', scripts = '' } = dataset;
  switch (page) {
    case 'list':
      return (
        <>
          <KeyPanel words={words} />
          <Account words={words} officer={officer} />
        </>
      );
    case 'new':
      return <NewElection words={words} scripts={scripts.split(' ')} />;
    case 'roll':
      return <RollDesk words={words} />;
    case 'election-roll':
      return <IssueDesk words={words} election={election} title={title} />;
    case 'election':
      return <ElectionDesk words={words} officer={officer} election={election} title={title} />;
    default:
      return <SignIn words={words} />;
  }
}

if (root !== null) {
  const shown = part(root);
  root.replaceChildren();
  render(shown, root);
}
