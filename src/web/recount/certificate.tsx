/**
 * An observer signs what came of the recount on this page (docs/protocol.md §5.7), saves it, and enters it in the record
 * where the manifest lists the key. The key is used here and sent nowhere; what the service answers is hostile.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { encodeCanonical } from '../../codec/canonical-json.ts';
import { encodeEntry, signatureOf, withSignatures } from '../../record/envelope.ts';
import { RecordError } from '../../record/errors.ts';
import { receipt as receiptSchema, verifyReceipt } from '../../record/receipt.ts';
import { certificateOf, observerWith } from '../../tally/verify/certificate.ts';
import { saveFile } from '../desk/island/save-file.ts';
import { useKeptFocus } from '../keys/kept-focus.ts';
import { KeyPanel } from '../keys/key-panel.tsx';
import { KeySitting, useKeySitting } from '../keys/key-sitting.ts';
import type { OpenKey } from '../keys/signing-keys.ts';
import { post, Refused, Unreachable } from '../member/island/requests.ts';
import { visible } from '../texts/titles.ts';
import type { RecountReport } from './messages.ts';
import { keyTexts, refusals } from './words.ts';

const t = keyTexts.certificate;
const sitting = new KeySitting('observer');

interface Signed {
  /** As the record has it; its `i` is 0 where the manifest does not list the key. */
  readonly entry: ReturnType<typeof withSignatures<'recount'>>;
  readonly publicKey: string;
  readonly isListed: boolean;
}

function signCertificate(report: RecountReport, { publicKey, secret }: OpenKey): Signed | null {
  const unsigned = certificateOf(report);
  if (unsigned === null) return null;
  const i = observerWith(report, publicKey);
  const entry = withSignatures(unsigned, [signatureOf(unsigned, 'observer', i, secret)]);
  return { entry, publicKey, isListed: i > 0 };
}

/** @returns the index of the entry. @throws Refused, Unreachable; RecordError for a receipt that does not hold. */
async function enter({ entry }: Signed, { manifest }: RecountReport): Promise<number> {
  if (manifest === null) throw new RecordError('no-manifest', 'record', 'nothing was recounted');
  const answer = await post(`/elections/${entry.election}/entries`, encodeCanonical({ entry, blobs: [] }));
  const given = receiptSchema.safeParse(answer);
  if (!given.success) throw new RecordError('bad-receipt', 'receipt', 'is none');
  verifyReceipt(given.data, { manifest, bytes: encodeEntry(entry), voter: null });
  return given.data.index;
}

function faultOf(error: unknown): string {
  if (error instanceof Refused) {
    const known = Object.entries(refusals).find(([code]) => code === error.code)?.[1];
    return `${t.refused} ${known ?? visible(error.code)}`;
  }
  if (error instanceof Unreachable) return t.unreachable;
  return t.falseReceipt;
}

/** Why it cannot be put on record; null if it can. */
function obstacleTo({ isListed }: Signed, { log }: RecountReport, isCopy: boolean): string | null {
  if (!isListed) return t.notListed;
  if (log?.result === null) return t.noResult;
  return isCopy ? t.copy : null;
}

function SignedCertificate(props: {
  readonly signed: Signed;
  readonly report: RecountReport;
  readonly isCopy: boolean;
}): JSX.Element {
  const { signed, report, isCopy } = props;
  const [state, say] = useState({ busy: false, said: '', fault: '' });
  const place = useKeptFocus<HTMLParagraphElement>(state.said);
  const save = (): void => {
    const { entry, publicKey } = signed;
    const bytes = encodeCanonical({ v: 1, key: publicKey, entry });
    saveFile(`recount-${entry.election.slice(0, 8)}.json`, 'application/json', bytes);
  };
  const record = async (): Promise<void> => {
    if (state.busy) return;
    say({ busy: true, said: '', fault: '' });
    try {
      say({ busy: false, said: t.recorded(await enter(signed, report)), fault: '' });
    } catch (error) {
      say({ busy: false, said: '', fault: faultOf(error) });
    }
  };
  const obstacle = obstacleTo(signed, report, isCopy);
  return (
    <>
      <p role="status">{t.signed}</p>
      <div class="govuk-button-group">
        <button type="button" class="govuk-button govuk-button--secondary" onClick={save}>
          {t.save}
        </button>
        {obstacle === null && state.said === '' && (
          <button type="button" class="govuk-button" aria-disabled={state.busy} onClick={() => void record()}>
            {state.busy ? t.recording : t.record}
          </button>
        )}
      </div>
      {obstacle !== null && <p>{obstacle}</p>}
      <p role="status" tabIndex={-1} ref={place}>
        {state.said}
      </p>
      {state.fault !== '' && (
        <p class="govuk-error-message" role="alert">
          {state.fault}
        </p>
      )}
    </>
  );
}

function Certificate({
  report,
  isCopy,
}: {
  readonly report: RecountReport;
  readonly isCopy: boolean;
}): JSX.Element {
  const { key } = useKeySitting(sitting);
  const [signed, keep] = useState<Signed | null>(null);
  const heading = useKeptFocus<HTMLHeadingElement>(signed);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {t.title}
      </h2>
      <p>{t.says(report.log?.size ?? 0, report.ok)}</p>
      {signed !== null && <SignedCertificate signed={signed} report={report} isCopy={isCopy} />}
      {signed === null && key === null && <p>{t.unlock}</p>}
      {signed === null && key !== null && (
        <button type="button" class="govuk-button" onClick={() => keep(signCertificate(report, key))}>
          {t.sign}
        </button>
      )}
    </section>
  );
}

interface ObserverProps {
  /** Of the recount on this page; null before there is one. */
  readonly report: RecountReport | null;
  readonly isCopy: boolean;
}

/** For observers, who make a key long before there is anything to recount. */
export function ObserversPart({ report, isCopy }: ObserverProps): JSX.Element {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.open}</span>
      </summary>
      <div class="govuk-details__text">
        {report === null ? (
          <p>{t.first}</p>
        ) : (
          report.log !== null && (
            <Certificate key={`${report.log.root} ${report.ok}`} report={report} isCopy={isCopy} />
          )
        )}
        <KeyPanel t={keyTexts} sitting={sitting} />
      </div>
    </details>
  );
}
