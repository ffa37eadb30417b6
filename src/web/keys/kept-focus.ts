/** Where the focus goes when what had it is gone: without a place, a keyboard starts over at the top of the page. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * For an element near by (`tabIndex={-1}`), which takes the focus over if what has it goes as `state` changes. Whoever
 * only reads, with no focus anywhere, stays where they are.
 */
export function useKeptFocus<T extends HTMLElement>(state: unknown): RefObject<T | null> {
  const place = useRef<T>(null);
  const before = useRef(state);
  // While this is drawn, what is about to go is still there.
  const hadFocus = document.activeElement !== document.body;
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (hadFocus && document.activeElement === document.body) place.current?.focus();
  }, [state]);
  return place;
}
