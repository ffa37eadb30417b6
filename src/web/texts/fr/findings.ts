/** What a recount finds, in French, by the codes and values of src/tally/verify/faults.ts. */
import type { FaultValue, OwnFault } from '../../../tally/verify/faults.ts';
import type { FindingTexts } from '../en/recount.ts';

const always = (text: string) => (): string => text;
const seconds = (n: FaultValue): string => `${n} seconde${Number(n) < 2 ? '' : 's'}`;

const WRONG_FORM = always('n’a pas la forme qu’il faut');
const NO_POINT = always('n’est pas une valeur possible du chiffrement');
const WRONG_PROOF = always('la preuve n’est pas juste');
const WRONG_SIGNATURE = always('la signature n’est pas juste');
const OUT_OF_TURN = always('ne vient pas à un moment permis');
const NOT_AS_AGREED = always('n’est pas ce que les scrutateurs ont fait avant');

const own: Pick<FindingTexts, OwnFault> = {
  'not-asked-for': always('ce n’est pas ce qui a été demandé'),
  'no-anchor': (election) => `rien, de l’extérieur, ne dit que ${election} est bien le vote`,
  'edited-entry': always('ce n’est pas l’inscription que le journal a publiée'),
  'empty-log': always('le journal est vide : il n’a pas de règles'),
  'not-witnessed': always('n’est pas publié'),
  'no-witnesses': always('les règles ne nomment aucun témoin'),
  'too-few-cosigned': always('trop peu de témoins l’ont signé'),
  'fewer-cosigned': (quorum) => `moins de ${quorum} témoins l’ont signé`,
  'no-opening': always('le vote n’a pas été ouvert'),
  'no-notice': always('l’ouverture ne nomme rien que des témoins aient vu'),
  'short-notice': (given, needed) => `annoncé ${seconds(given)} avant, au lieu de ${needed}`,
  'no-closing': always('le vote n’a pas été clos'),
  'unwitnessed-end': (n) => `vu par des témoins pour la dernière fois ${seconds(n)} avant la fin prévue`,
  'closed-early': (n) => `clos ${seconds(n)} trop tôt`,
  'closed-late': (n, grace) => `vu par des témoins ${seconds(n)} après la fin ; ${grace} permises`,
  'extended-late': (n) => `prolongé, mais vu par des témoins ${seconds(n)} après la fin prévue`,
  'not-confirmed': always('tous les scrutateurs n’ont pas confirmé la clé'),
  'one-key': always('une seule clé déchiffre : qui l’a pourrait lire chaque vote'),
  'no-roll': always('il n’y a pas de liste des votants'),
  'unreadable-roll': always('il n’y a pas de liste des votants qu’on puisse lire'),
  instead: (given, expected) => `${given} au lieu de ${expected}`,
  'wrong-cell': always('manque, ou n’est pas à sa place'),
  'wrong-ballots-root': always('ce ne sont pas les bulletins du registre'),
  'wrong-sums': always('ce n’est pas la somme des bulletins'),
  'outweighs-all': always(
    'une voix pèse plus que toutes les autres : les nombres diront ce qu’elle a choisi',
  ),
  'few-ballots': (n) => `peu de bulletins, ${n} : qui en connaît quelques-uns peut deviner les autres`,
  unanimous: always('tous les bulletins sont pareils : le compte dit comment chacun a voté'),
  'no-tally': always('il n’y a pas de compte des bulletins qu’on puisse lire'),
  'unlike-tally': always('il n’y a pas de compte avec lequel le recompte soit d’accord'),
  'agreements-instead': (given, needed) =>
    `scrutateurs d’accord avec ce compte : ${given} au lieu de ${needed}`,
  'foreign-shares': always('est d’un autre compte ou d’un autre scrutateur'),
  'shares-instead': (given, needed) => `parts valables : ${given} au lieu de ${needed}`,
  'no-result': always('aucun résultat n’est proclamé'),
  'not-decrypted': always('le compte ne peut pas être déchiffré'),
  'unreadable-result': always('il n’y a pas de résultat qu’on puisse lire'),
  'not-drawn': always('ce n’est pas ce qui a été tiré au sort'),
  'other-tally': always('le résultat est celui d’un autre compte'),
  'rule-gives': (decision) => `la règle donne ${decision}`,
  'decisions-instead': (given, expected) => `décisions : ${given}, et non ${expected}`,
};

/** Of an entry or file that is read. */
const forms = {
  'bad-form': WRONG_FORM,
  'bad-field': WRONG_FORM,
  'bad-length': WRONG_FORM,
  'bad-path': WRONG_FORM,
  'not-canonical': WRONG_FORM,
  'bad-encoding': NO_POINT,
  'bad-point': NO_POINT,
  'identity-refused': NO_POINT,
  'out-of-range': always('est en dehors de ce qui est permis'),
  'too-large': always('est trop grand'),
  'too-long': always('est trop long'),
  'unknown-type': always('est d’un genre inconnu'),
  'unsupported-type': always('est d’un genre réservé'),
  unsupported: always('demande un programme plus récent'),
  unreadable: always('ne peut pas être lu'),
  missing: always('manque'),
  'missing-blob': always('manque'),
  'wrong-blob': always('n’est pas le fichier qui est nommé'),
  'wrong-hash': always('n’est pas ce que le journal a publié'),
  'no-manifest': always('le registre ne commence pas par des règles'),
  'wrong-index': always('n’est pas à sa place'),
  refused: always('n’est pas permis à cet endroit'),
} as const;

/** Of signatures, and of the log. */
const signatures = {
  'bad-signature': WRONG_SIGNATURE,
  unsigned: always('n’est pas signé par la clé attendue'),
  'wrong-signer': always('n’est pas signé par qui en a le droit'),
  'wrong-origin': always('est d’un autre journal'),
  'bad-key': always('la clé n’est pas valable'),
  'false-seen': always('dit avoir vu un autre registre'),
  'bad-receipt': always('le reçu n’est pas juste'),
  'split-view': always('le journal a montré deux histoires'),
  'not-extended': always('le journal ne continue pas celui d’avant'),
} as const;

/** Of ballots and their voters. */
const ballots = {
  'bad-proof': WRONG_PROOF,
  'bad-credential': always('n’est pas fait par qui a ce code de vote'),
  'bad-token': always('le code de vote n’est pas juste'),
  'bad-choice': always('le choix n’est pas permis'),
  'unknown-option': always('choisit ce qui n’est pas proposé'),
  'wrong-contests': always('n’a pas les scrutins de son collège'),
  'bad-manifest': always('les règles ne sont pas justes'),
  'not-on-roll': always('ce votant n’est pas sur la liste'),
  'unknown-voter': always('ce votant n’est pas sur la liste'),
  'replaced-key': always('ce code de vote a été remplacé'),
  'wrong-college': always('n’est pas le collège de ce votant'),
  'wrong-weight': always('n’est pas le poids de ce votant'),
  'wrong-previous': always('ne nomme pas le bulletin d’avant du même votant'),
  'was-checked': always('ce bulletin a été ouvert pour contrôle'),
  'was-cast': always('ce bulletin a été déposé'),
} as const;

/** Of the order of entries, and of what they belong to. */
const order = {
  'seen-too-small': OUT_OF_TURN,
  'too-early': OUT_OF_TURN,
  'too-late': OUT_OF_TURN,
  duplicate: always('vient une deuxième fois'),
  'no-trustees': always('ce vote n’a pas de scrutateurs'),
  'wrong-attempt': always('n’est pas de l’essai en cours'),
  'unknown-trustee': always('ce scrutateur n’existe pas'),
  'unknown-entry': always('cette inscription n’existe pas'),
  'not-by-officers': always('ne peut pas être fait par des responsables'),
  'no-casting-vote': always('il n’y a pas de voix prépondérante à donner ici'),
  'bad-extension': always('la prolongation n’est pas permise'),
  'wrong-election': always('est d’un autre vote'),
  'wrong-context': always('est d’une autre ouverture'),
  'unknown-closing': always('nomme une autre clôture'),
  'unknown-tally': always('nomme un autre compte'),
  'unlike-roll': always('n’est pas la liste qui est inscrite'),
  'opens-too-early': always('ouvre trop tôt'),
  'opens-too-late': always('ouvre trop tard'),
  'notice-too-large': always('nomme ce qui vient seulement après'),
  'unknown-link': always('nomme un vote d’avant que les règles n’ont pas'),
  'unfounded-link': always('le vote d’avant n’a pas décidé cela'),
  'unknown-result': always('nomme un autre résultat'),
  'bad-replacement': always('le remplacement n’est pas permis'),
  'bad-possession': always('ne montre pas qui a ce code de vote'),
  'too-many-replacements': always('il y a plus de remplacements que permis'),
  'wrong-size': always('n’a pas le bon nombre d’inscriptions'),
  'wrong-root': always('n’est pas l’empreinte de ce qui vient avant'),
} as const;

/** Of trustees, and of the count. */
const counting = {
  'unlike-ceremony': NOT_AS_AGREED,
  'wrong-reveal': NOT_AS_AGREED,
  'wrong-recipients': NOT_AS_AGREED,
  'wrong-confirmation': NOT_AS_AGREED,
  'wrong-ciphertext': NOT_AS_AGREED,
  'wrong-value': always('n’est pas la valeur promise avant le vote'),
  'bad-recipient': always('rien ne peut être chiffré pour ce scrutateur'),
  'bad-share': always('la part n’est pas juste'),
  'agreed-before': always('ce scrutateur a déjà approuvé un compte'),
  'never-agreed': always('ce scrutateur n’a pas approuvé ce compte'),
  'too-few-agreements': always('trop peu de scrutateurs ont approuvé ce compte'),
  'too-few-shares': always('il y a trop peu de parts'),
  mismatch: always('ne correspond pas au registre'),
  'no-seed': always('il n’y a pas de tirage au sort'),
} as const;

export const findings: FindingTexts = { ...own, ...forms, ...signatures, ...ballots, ...order, ...counting };

/** What the beginning of a place names. */
export const places: Readonly<Record<string, string>> = {
  entry: 'inscription',
  tally: 'compte',
  roll: 'liste des votants',
  manifest: 'règles',
  texts: 'textes',
  checkpoint: 'état signé du journal',
  record: 'registre',
  trustee: 'scrutateur',
};
