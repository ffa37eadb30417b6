/**
 * Reading QR codes: with the browser's own reader (W3C Shape Detection), or with one that is loaded when it is needed,
 * under the hash that this script has been made with.
 */

declare const SCANNER_PATH: string;
declare const SCANNER_INTEGRITY: string;

type Frame = HTMLVideoElement | ImageBitmap;

/** The text of a QR code in a frame; null if none is seen. */
export type ReadQr = (frame: Frame) => Promise<string | null>;

interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function ownReader(): Promise<ReadQr | null> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Own === undefined || !(await Own.getSupportedFormats()).includes('qr_code')) return null;
  const detector = new Own({ formats: ['qr_code'] });
  return async (frame) => (await detector.detect(frame))[0]?.rawValue ?? null;
}

const widthOf = (frame: Frame): number => (frame instanceof ImageBitmap ? frame.width : frame.videoWidth);
const heightOf = (frame: Frame): number => (frame instanceof ImageBitmap ? frame.height : frame.videoHeight);

/** A module keeps the integrity that it was loaded with first (HTML, modulepreload). @throws if it is another. */
async function preload(path: string, integrity: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = path;
  link.integrity = integrity;
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => reject(new Error('the reader could not be loaded')));
  });
  document.head.append(link);
  await loaded;
}

async function loadedReader(): Promise<ReadQr> {
  const path = SCANNER_PATH;
  await preload(path, SCANNER_INTEGRITY);
  const { read } = (await import(path)) as typeof import('./scanner.ts');
  const canvas = document.createElement('canvas');
  return (frame) => {
    const [width, height] = [widthOf(frame), heightOf(frame)];
    if (width === 0 || height === 0) return Promise.resolve(null);
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(frame, 0, 0);
    return Promise.resolve(context ? read(context.getImageData(0, 0, width, height)) : null);
  };
}

/** @throws if there is none and none could be loaded. */
export async function openReader(): Promise<ReadQr> {
  return (await ownReader()) ?? (await loadedReader());
}
