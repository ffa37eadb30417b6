/** The booth's page: `/elections/<election>/vote#<code>`. The code leaves the address bar before anything else is done. */
import type { JSX } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { Titles } from '../../texts/titles.ts';
import { Booth } from './booth.ts';
import {
  CheckScreen,
  CodeScreen,
  ConflictScreen,
  ReportScreen,
  SendingScreen,
  StoppedScreen,
} from './booth-asides.tsx';
import type { Scene } from './booth-scene.ts';
import { ChooseScreen, DoneScreen, ReadScreen, ReviewScreen } from './booth-screens.tsx';
import { type PageProps, start } from './start.tsx';
import { switchInPlace, type Words, wordsFor } from './words.ts';

const now = (): number => Math.floor(Date.now() / 1000);

/** How far in the way a screen is; those off the way have the place of what they follow. */
const DEPTHS: Partial<Record<Scene['kind'], number>> = { read: 1, choose: 2, review: 3, check: 4 };

/** Goes back to the screen of this depth, if nothing is on its way and nothing is over. */
function goTo(booth: Booth, depth: number): void {
  const { scene } = booth;
  if (DEPTHS[scene.kind] === undefined || (scene.kind === 'review' && scene.busy !== null)) return;
  if (depth <= 1) booth.read();
  else if (depth === 2) booth.choose();
  else booth.review(scene.kind === 'check' ? 'fresh' : null);
}

function Vote({ election, fragment }: PageProps): JSX.Element {
  const [words, setWords] = useState(() => wordsFor(document.documentElement.lang));
  const [booth] = useState(() => new Booth(election, words.lang, now));
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const { texts } = booth;
  useEffect(() => {
    booth.listen(() => redraw(null));
    switchInPlace((chosen) => {
      setWords(chosen);
      void booth.useLanguage(chosen.lang);
    });
    addEventListener('popstate', ({ state }: PopStateEvent) => goTo(booth, Number(state) || 1));
    addEventListener('online', () => {
      if (booth.scene.kind === 'stopped' && booth.scene.why === 'offline') void booth.load();
    });
    history.replaceState(1, '');
    void booth.start(fragment);
  }, [booth, fragment]);
  const go = async (act: () => unknown): Promise<void> => {
    const before = DEPTHS[booth.scene.kind] ?? 1;
    await act();
    const depth = DEPTHS[booth.scene.kind] ?? before;
    if (depth > before) history.pushState(depth, '');
  };
  return (
    <Shown
      {...{ booth, words }}
      go={(act) => void go(act)}
      titles={texts && new Titles(texts, booth.known?.manifest.rules)}
    />
  );
}

interface ShownProps {
  readonly booth: Booth;
  readonly words: Words;
  readonly go: (act: () => unknown) => void;
  readonly titles: Titles | null;
}

function Shown({ booth, words, go, titles }: ShownProps): JSX.Element | null {
  const { scene } = booth;
  const common = titles && { booth, words, titles, go };
  switch (scene.kind) {
    case 'loading':
      return <p role="status">{words.t.loading}</p>;
    case 'code':
      return <CodeScreen {...{ booth, words, scene }} />;
    case 'stopped':
      return <StoppedScreen {...{ booth, titles, words, scene }} />;
    case 'conflict':
      return <ConflictScreen {...{ booth, titles, words, scene }} />;
    case 'sending':
      return <SendingScreen {...{ booth, words, scene }} />;
    case 'read':
      return common && <ReadScreen {...common} />;
    case 'choose':
      return common && <ChooseScreen {...common} scene={scene} />;
    case 'review':
      return common && <ReviewScreen {...common} scene={scene} />;
    case 'check': {
      const OnCheck = scene.isReport ? ReportScreen : CheckScreen;
      return common && <OnCheck {...common} scene={scene} />;
    }
    case 'done':
      return common && <DoneScreen {...common} scene={scene} />;
  }
}

start(Vote);
