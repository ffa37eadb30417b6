/** The election as this page follows it: read once, its figures every few seconds, all of it again when there is news. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { hasNews, readFigures, readView, type View, withFigures } from './view.ts';

const PAUSE = 4000;

export interface FollowedView {
  /** Null until it was read; then what was last known. */
  readonly view: View | null;
  /** Why it could not be read, the last time. */
  readonly error: unknown;
  readonly reload: () => Promise<void>;
}

export function useView(election: string, lang: string): FollowedView {
  const [view, show] = useState<View | null>(null);
  const [error, blame] = useState<unknown>(null);
  const latest = useRef<View | null>(null);
  const read = useCallback(async (how: () => Promise<View>): Promise<void> => {
    try {
      latest.current = await how();
      show(latest.current);
      blame(null);
    } catch (caught) {
      blame(caught);
    }
  }, []);
  const reload = useCallback(() => read(() => readView(election, lang)), [election, lang, read]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const follow = async (): Promise<void> => {
      const known = latest.current;
      if (known === null) await reload();
      else if (document.visibilityState === 'visible') {
        await read(async () => {
          const figures = await readFigures(election);
          return hasNews(known, figures) ? await readView(election, lang) : withFigures(known, figures);
        });
      }
      if (!isOver) timer = setTimeout(() => void follow(), PAUSE);
    };
    void follow();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [election, lang, read, reload]);
  return { view, error, reload };
}
