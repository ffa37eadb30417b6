/** Looking for secrets in what was sent, however it is wrapped. */

/** The ways to write some secret bytes that a request could carry. */
function spellings(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret);
  const turned = Buffer.from(bytes).reverse();
  const texts = [bytes, turned].flatMap((order) => [
    order.toString('hex'),
    order.toString('hex').toUpperCase(),
    order.toString('base64').replace(/=+$/, ''),
    order.toString('base64url'),
    BigInt(`0x${order.toString('hex')}`).toString(),
  ]);
  return [bytes, turned, ...texts.map((text) => Buffer.from(text))];
}

/** What a text holds as base64url or base64, wherever it begins. */
function* unwrapped(sent: Buffer): Generator<Buffer> {
  for (const [run] of sent.toString('latin1').matchAll(/[A-Za-z0-9+/_-]{24,}/g)) {
    yield Buffer.from(run, 'base64');
  }
}

/** Whether something that was sent holds a secret: as such, or inside base64, three deep. */
export function holds(sent: Buffer, secret: Uint8Array | string, depth = 3): boolean {
  const texts = typeof secret === 'string' ? [secret, encodeURIComponent(secret)] : [];
  const forms = typeof secret === 'string' ? texts.map((text) => Buffer.from(text)) : spellings(secret);
  if (forms.some((form) => sent.includes(form))) return true;
  if (depth === 0) return false;
  for (const inner of unwrapped(sent)) if (holds(inner, secret, depth - 1)) return true;
  return false;
}

/** What a person could read in a text: all but its codes, in which any short word may stand by chance. */
export function readable(text: string): string {
  return text.replaceAll(/[A-Za-z0-9+/_-]{20,}/g, '…');
}
