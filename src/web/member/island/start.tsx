/** What a member's page begins with. */
import { type ComponentType, render } from 'preact';
import { takeFragment } from './fragment.ts';
import { Screen } from './screen.tsx';
import { wordsFor } from './words.ts';

export interface PageProps {
  /** Its name. */
  readonly election: string;
  /** What the link carried behind its `#`. */
  readonly fragment: string;
}

export function start(Page: ComponentType<PageProps>): void {
  const root = document.querySelector<HTMLElement>('#member');
  if (root === null) return;
  const fragment = takeFragment();
  const { t } = wordsFor(document.documentElement.lang);
  root.replaceChildren();
  const page = isSecureContext ? (
    <Page election={root.dataset['election'] ?? ''} fragment={fragment} />
  ) : (
    <Screen title={t.stopped.browserTitle}>
      <p>{t.stopped.browser}</p>
    </Screen>
  );
  render(page, root);
}
