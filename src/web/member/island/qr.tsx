/** A QR code (ISO/IEC 18004) as a picture: dark on light, whatever the colours of the page. */
import type { JSX } from 'preact';
import { encode } from 'uqr';

/** Bytes in the largest code of the lowest correction. */
const MOST = 2953;

export const fitsQr = (text: string): boolean => text.length <= MOST;

const MARGIN = 4;

export function Qr({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: 'L', border: 0 });
  const runs = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  const whole = size + 2 * MARGIN;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-MARGIN} ${-MARGIN} ${whole} ${whole}`}
      shape-rendering="crispEdges"
    >
      <rect x={-MARGIN} y={-MARGIN} width={whole} height={whole} fill="#fff" />
      <path d={runs.join('')} fill="#000" />
    </svg>
  );
}
