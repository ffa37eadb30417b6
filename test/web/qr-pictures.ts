/** A camera that sees a QR code, for Chromium's stand-in. */
import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const [WIDTH, HEIGHT] = [640, 480];

/** One frame of the code on light grey, as a YUV4MPEG2 video that goes round. */
export function writeCameraView(file: string, text: string): void {
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const scale = Math.floor(Math.min(WIDTH, HEIGHT) / size);
  const [left, top] = [(WIDTH - size * scale) >> 1, (HEIGHT - size * scale) >> 1];
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(200);
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      const isDark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      luma[(top + y) * WIDTH + left + x] = isDark ? 30 : 230;
    }
  }
  const chroma = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([head, Buffer.from('FRAME\n'), luma, chroma]));
}

/** Arguments with which Chromium takes the video for its camera, and asks nobody. */
export const cameraArguments = (file: string): readonly string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];
