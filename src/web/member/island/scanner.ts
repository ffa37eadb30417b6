/** The reader of QR codes for browsers that have none: loaded when it is asked for. Pictures are hostile. */
import decodeQr from 'qr/decode.js';

/** The text of the QR code in a picture; null if there is none that can be read. */
export function read(picture: ImageData): string | null {
  try {
    return decodeQr(picture);
  } catch {
    return null;
  }
}
