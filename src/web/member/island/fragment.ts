/** What a link carries behind its `#`, which browsers send to nobody. */

/** Takes it, out of the address bar and the history. */
export function takeFragment(): string {
  const { hash, pathname, search } = location;
  if (hash === '') return '';
  history.replaceState(history.state, '', pathname + search);
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
