/** Scanning a code with the camera, or out of a picture: beside a field that takes it by hand. Nothing leaves the device. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { proofsFor } from './after.ts';
import { openReader } from './qr-reader.ts';
import { Button, Notice } from './screen.tsx';
import type { Words } from './words.ts';

interface ScanProps {
  readonly words: Words;
  readonly onFound: (text: string) => void;
}

type Fault = 'noCamera' | 'none' | 'notLoaded';

/** Between two looks at the camera's picture. */
const PAUSE = 150;

/** Codes of ballots are dense: as fine a picture as the camera has. */
const CAMERA = { video: { facingMode: 'environment', width: { ideal: 1920 } } } as const;

interface CameraProps extends ScanProps {
  readonly onFault: (fault: Fault) => void;
}

/** Looks until a code is seen or this is taken away, which ends the camera. */
function Camera({ words, onFound, onFault }: CameraProps): JSX.Element {
  const { scan } = proofsFor(words);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const over = new AbortController();
    const look = async (): Promise<void> => {
      const seen = await watch(video.current, over.signal);
      if (over.signal.aborted) return;
      if ('text' in seen) onFound(seen.text);
      else onFault(seen.fault);
    };
    void look();
    return () => over.abort();
    // Once, when it comes.
    // oxlint-disable-next-line exhaustive-deps
  }, []);
  return <video ref={video} class="camera" aria-label={scan.looking} muted playsInline />;
}

async function watch(
  video: HTMLVideoElement | null,
  over: AbortSignal,
): Promise<{ readonly text: string } | { readonly fault: Fault }> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(CAMERA);
  } catch {
    return { fault: 'noCamera' };
  }
  try {
    const read = await openReader();
    if (video === null) return { fault: 'noCamera' };
    video.srcObject = stream;
    await video.play();
    while (!over.aborted) {
      const text = await read(video);
      if (text !== null) return { text };
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return { fault: 'none' };
  } catch {
    return { fault: 'notLoaded' };
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function readPicture(file: File): Promise<{ readonly text: string } | { readonly fault: Fault }> {
  try {
    const picture = await createImageBitmap(file).catch(() => null);
    if (picture === null) return { fault: 'none' };
    const read = await openReader();
    const text = await read(picture);
    return text === null ? { fault: 'none' } : { text };
  } catch {
    return { fault: 'notLoaded' };
  }
}

export function Scan({ words, onFound }: ScanProps): JSX.Element {
  const { scan } = proofsFor(words);
  const [isWatching, setWatching] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const found = (text: string): void => {
    setWatching(false);
    onFound(text);
  };
  return (
    <div class="scan">
      {fault !== null && <Notice>{scan[fault]}</Notice>}
      {isWatching && <p role="status">{scan.looking}</p>}
      {isWatching && (
        <Camera
          {...{ words }}
          onFound={found}
          onFault={(what) => {
            setWatching(false);
            setFault(what);
          }}
        />
      )}
      <Button
        kind="plain"
        onPress={() => {
          setFault(null);
          setWatching(!isWatching);
        }}
      >
        {isWatching ? scan.stop : scan.start}
      </Button>
      <div class="govuk-form-group">
        <label class="govuk-label" for="picture">
          {scan.picture}
        </label>
        <input
          class="govuk-file-upload"
          id="picture"
          type="file"
          accept="image/*"
          onChange={({ currentTarget: { files } }) => {
            const [file] = files ?? [];
            if (file === undefined) return;
            void readPicture(file).then((seen) => ('text' in seen ? found(seen.text) : setFault(seen.fault)));
          }}
        />
      </div>
    </div>
  );
}
