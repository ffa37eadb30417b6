/** What is wrong with a membership file (docs/roll-csv.md) or with a roll, by its closed codes, in French. */
import type { FileProblemTexts, RollProblemTexts } from '../en/desk-roll.ts';

/** What each column has to hold. */
const COLUMNS: Readonly<Record<string, string>> = {
  person: 'ce ne sont pas que des lettres, des chiffres et . _ / -',
  member: 'ce n’est ni yes ni no',
  region: 'ce ne sont pas 1 à 40 signes parmi a-z, 0-9 et le trait d’union',
  branch: 'ce ne sont pas 1 à 40 signes parmi a-z, 0-9 et le trait d’union',
  strands: 'ce ne sont pas des identifiants séparés par des espaces, chacun une fois',
  delegate_of: 'ce n’est pas region:…, branch:…, strand:… ou affiliate:… avec un identifiant',
  affiliate_size: 'ce n’est pas un nombre entier, ou ce n’est pas un délégué d’un affilié',
  weight: 'ce n’est pas un nombre entier permis, à partir de 1',
  chosen: 'ce n’est pas scrutin/option/vote',
  mandates: 'ce n’est pas scrutin=option, avec des espaces entre deux',
};

const first = (also: number | undefined): string => (also === undefined ? '' : ` (voir la ligne ${also})`);

export const fileProblems: FileProblemTexts = {
  'empty-file': () => 'le fichier n’a aucune ligne',
  'not-utf8': () => 'ce n’est pas de l’UTF-8 : exportez le fichier de nouveau comme « CSV UTF-8 »',
  'bad-quotes': () => 'un guillemet n’est pas fermé, ou se trouve au milieu d’une case',
  'line-too-long': () => 'la ligne est trop longue',
  'wrong-header': () => 'les colonnes ne sont pas celles que dit le guide des responsables',
  'wrong-cells': () => 'la ligne n’a pas autant de cases qu’il y a de colonnes',
  'too-many-rows': () => 'le fichier a trop de lignes',
  formula: () => 'la case commence par =, +, - ou @',
  'bad-character': () => 'la case a un signe qui n’est pas du texte',
  'too-long': () => 'la case a plus de 300 signes',
  missing: () => 'la case est vide',
  'bad-value': ({ column }) => COLUMNS[column ?? ''] ?? 'la valeur n’est pas permise',
  duplicate: ({ column, also }) =>
    `${column === 'name' ? 'une autre personne a le même nom et la même adresse' : 'ce numéro est déjà pris'}${first(also)}`,
  'not-a-member': () => 'c’est pour les membres, et cette personne n’en est pas un',
  'not-a-delegate': () => 'c’est pour les délégués, et cette personne n’en est pas un',
  'no-role': () => 'cette personne n’est ni membre, ni déléguée, ni remplaçante',
  'two-kinds': ({ also }) => `le même identifiant désigne déjà autre chose${first(also)}`,
  'two-regions': ({ also }) => `cette section est déjà dans une autre région${first(also)}`,
  'two-sizes': ({ also }) => `cet affilié a déjà une autre taille${first(also)}`,
  'two-roles': () => 'un délégué ne peut pas être remplaçant aussi',
  'too-many': () => 'il y en a plus que permis',
  'unknown-body': () => 'aucun membre n’est de cette section ou de cette région',
  'unknown-delegate': () => 'il n’y a pas de tel délégué dans ce fichier',
};

export const rollProblems: RollProblemTexts = {
  'no-voters': 'Personne ne pourrait voter.',
  'too-many-delegates': 'Une section ou une région a plus de délégués que les règles n’en donnent.',
  'weight-not-allowed': 'Un votant a un poids que son collège ne permet pas.',
  'not-a-delegate': 'Un remplaçant est inscrit dans un collège de membres.',
  'bad-mandate': 'Un mandat ne va pas avec les scrutins du vote.',
  'chosen-twice': 'Une personne a été élue deux fois pour la même place.',
  'too-many-bodies': 'Un votant appartient à plus de sections ou de régions que permis.',
  'wrong-region': 'Une section est dans une autre région que ses votants.',
  'too-small-to-name': 'Un groupe est trop petit pour être nommé dans la liste publique.',
};
