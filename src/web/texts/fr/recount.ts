/** The recount in a browser, in French. */
import type { RecountTexts } from '../en/recount.ts';
import { findings, places } from './findings.ts';
import { format } from './frame.ts';

export const recount: RecountTexts = {
  lang: 'fr',
  title: 'Recompter ce vote',
  link: 'Recompter dans ce navigateur',
  text: 'Votre appareil va chercher tout le registre public et refait tous les calculs. Il ne croit personne sur parole.',
  label: 'Nom du vote, dans votre lettre',
  hint: 'Le nom a 43 lettres et chiffres. Si vous ne mettez rien, c’est le nom dans l’adresse de cette page qui est pris.',
  bad: 'Ce n’est pas le nom d’un vote : il a 43 lettres et chiffres.',
  go: 'Recompter',
  again: 'Recompter encore',
  working: 'Recompte en cours',
  cancel: 'Arrêter le recompte',
  cancelled: 'Le recompte a été arrêté. Cela ne dit rien du vote.',
  waiting: 'La connexion est perdue. Le recompte continue dès qu’elle revient.',
  percent: (stage, percent) => `${stage} : ${format.number(percent)} %`,
  noScript: 'Un recompte dans le navigateur demande JavaScript. Sur un ordinateur, vous pouvez lancer :',
  stages: {
    entries: 'Chaque bulletin est lu et contrôlé',
    count: 'Addition',
    result: 'Comparaison du résultat',
  },
  progress: (done, total) => `${format.number(done)} sur ${format.number(total)}`,
  holds: 'Le recompte est d’accord',
  holdsText: (open) =>
    open === 0
      ? 'Tous les contrôles ont réussi.'
      : `Rien n’est faux. ${format.counted(open, 'contrôle n’est pas prouvé', 'contrôles ne sont pas prouvés')}.`,
  fails: 'Le recompte n’est pas d’accord',
  failsText: (n) =>
    `${format.counted(n, 'contrôle a échoué', 'contrôles ont échoué')}. Ne vous fiez pas à ce résultat. Les endroits sont indiqués plus bas.`,
  failed: 'Le recompte n’a pas pu se faire',
  failedText: 'Cela ne dit rien du vote. Vérifiez votre connexion et réessayez.',
  typed: (name) => `Recompté comme le vote que vous avez nommé : ${name}`,
  fromAddress: (name) =>
    `Le nom vient de l’adresse de cette page : ${name}. Comparez-le avec votre lettre. S’il diffère, c’est un autre vote.`,
  anchorFromAddress:
    'Le nom vient de l’adresse de cette page, et non de vous. Cette page pourrait donc parler d’un autre vote que le vôtre.',
  outcome: 'Ce qui a été décidé',
  noOutcome: 'Il n’y a pas de résultat que le recompte puisse confirmer.',
  checks: 'Ce qui a été contrôlé',
  checksUnderway: 'Ce qui est contrôlé',
  status: { open: 'pas encore fait', pass: 'réussi', fail: 'ÉCHEC', unproven: 'pas prouvé' },
  looked: (n) =>
    n === 0 ? 'il n’y avait rien à examiner' : format.counted(n, 'élément examiné', 'éléments examinés'),
  more: (n) => `et ${format.number(n)} de plus`,
  findings,
  places,
  names: {
    anchor: 'C’est le vote demandé',
    encoding: 'Chaque entrée et chaque fichier a la bonne forme',
    authority: 'Chaque entrée est signée par qui en a le droit',
    log: 'Le journal est entier',
    grammar: 'Les entrées se suivent dans un ordre permis',
    rules: 'Les règles du vote sont complètes et ne se contredisent pas',
    time: 'Le vote a été annoncé et clos à l’heure',
    witnesses: 'Assez de témoins ont vu ce journal même',
    roll: 'La liste des votants est juste',
    ceremony: 'Les scrutateurs ont fait ensemble la clé du vote',
    context: 'Tout appartient à ce vote et à son ouverture',
    size: 'La clôture couvre exactement les entrées d’avant',
    ballots: 'Chaque bulletin est valable, et fait avec le code de son votant',
    chains: 'Chaque bulletin nomme celui du même votant avant lui',
    checked: 'Aucun bulletin ouvert pour contrôle n’a été déposé',
    cells: 'Les bulletins sont comptés dans les bons groupes, et aucun groupe n’est trop petit',
    weights: 'Chaque bulletin a le collège et le poids de la liste',
    'count-tree': 'Le dernier bulletin de chacun est compté une fois, et rien d’autre',
    agreement: 'Assez de scrutateurs ont approuvé ce compte avant de l’ouvrir',
    shares: 'Assez de scrutateurs ont aidé à ouvrir le compte',
    totals: 'Les nombres sont ceux que donne le compte ouvert',
    lot: 'Le tirage au sort est celui des scrutateurs',
    outcome: 'Le résultat suit des nombres selon les règles',
    links: 'Les votes d’avant ont décidé ce qui est dit',
  },
};
