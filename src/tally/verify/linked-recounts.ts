/**
 * The recounts of linked elections inside a recount (docs/protocol.md §5.5): each election once, wherever it is
 * linked from. The records are hostile; what is kept of a recount is small.
 */

import type { ManifestBody } from '../../ballot/manifest.ts';
import type { Outcome } from '../../record/entries.ts';
import { linkedSource, type RecordSource } from '../../record/record-source.ts';
import { TallyError } from '../errors.ts';
import type { LinkedRecount } from './check-links.ts';

/** Elections that go on from one another: this one, and so many before it. */
const MAX_DEPTH = 5;

/** What is asked of a recount. */
interface Recount {
  readonly ok: boolean;
  readonly manifest: ManifestBody | null;
  readonly result: { readonly leaf: string; readonly outcome: Outcome } | null;
  readonly checks: readonly { readonly id: string; readonly status: string }[];
}

/** Recounts the record of the election of this name. */
type RecountOf = (source: RecordSource, manifest: string, linked: LinkedRecounts) => Promise<Recount>;

export class LinkedRecounts {
  readonly #recountOf: RecountOf;
  readonly #depth: number;
  readonly #known: Map<string, LinkedRecount>;

  constructor(recountOf: RecountOf, depth = 0, known = new Map<string, LinkedRecount>()) {
    this.#recountOf = recountOf;
    this.#depth = depth;
    this.#known = known;
  }

  /** @param source the record that links to the election. */
  async of(source: RecordSource, manifest: string): Promise<LinkedRecount> {
    const known =
      this.#known.get(manifest) ?? (await this.#recount(linkedSource(source, manifest), manifest));
    this.#known.set(manifest, known);
    return known;
  }

  async #recount(source: RecordSource, manifest: string): Promise<LinkedRecount> {
    if (this.#depth >= MAX_DEPTH) return unproven(`more than ${MAX_DEPTH} elections before this one`);
    const deeper = new LinkedRecounts(this.#recountOf, this.#depth + 1, this.#known);
    try {
      return digest(source, await this.#recountOf(source, manifest, deeper));
    } catch (error) {
      if (!(error instanceof TallyError)) throw error;
      const why = error.code === 'unreadable' ? 'its record is not here' : error.message;
      return unproven(`${manifest}: ${why}`);
    }
  }
}

const unproven = (why: string): LinkedRecount => ({ status: 'unproven', why });
const failed = (why: string): LinkedRecount => ({ status: 'fail', why });

function digest(source: RecordSource, { ok, manifest, result, checks }: Recount): LinkedRecount {
  const named = (status: string) => checks.flatMap((check) => (check.status === status ? [check.id] : []));
  if (!ok || manifest === null) return failed(`its recount fails: ${named('fail').join(', ')}`);
  if (result === null) return failed('it has declared no result');
  return { source, manifest, result: result.leaf, outcome: result.outcome, unproven: named('unproven') };
}
