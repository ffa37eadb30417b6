/** What the service answers when it refuses something, in French. */
import type { RefusalTexts } from '../en/refusals.ts';

export const refusals: RefusalTexts = {
  'bad-json': 'Le service n’a pas pu lire ce que cette page a envoyé. Chargez la page de nouveau.',
  'not-canonical': 'Le service n’a pas pu lire ce que cette page a envoyé. Chargez la page de nouveau.',
  'bad-field': 'Quelque chose manque, ou a une valeur qui n’est pas possible.',
  'not-signed-in': 'Vous n’êtes plus connecté. Connectez-vous de nouveau.',
  'sign-in-failed': 'Cela ne vous connecte pas.',
  'too-many-failures': 'Trop d’essais de connexion ont échoué. Attendez une minute, puis réessayez.',
  'too-many-challenges': 'Trop d’essais avec des clés d’accès. Attendez une minute, puis réessayez.',
  'sign-in-again':
    'Votre connexion date de plus de dix minutes. Connectez-vous de nouveau, puis recommencez.',
  'no-passkeys': 'L’adresse de ce service est un nombre. Les clés d’accès demandent un nom.',
  'bad-passkey': 'Ce n’est pas une nouvelle clé d’accès à vous pour ce service.',
  'too-many-passkeys': 'Vous avez déjà autant de clés d’accès que permis. Enlevez-en une d’abord.',
  'unknown-passkey': 'Vous n’avez plus cette clé d’accès.',
  'wrong-origin': 'Cela venait d’une page d’un autre service : rien n’a été fait.',
  'unknown-route': 'Le service n’a rien à cette adresse.',
  'method-not-allowed': 'Le service ne fait pas cela à cette adresse.',
  'body-too-large': 'C’est plus que ce que le service accepte en une fois.',
  'unsupported-media-type': 'Le service n’accepte pas ce genre de fichier.',

  'unknown-election': 'Le service n’a pas ce vote.',
  'bad-manifest': 'Les règles du vote ne sont pas complètes, ou se contredisent.',
  'wrong-keys': 'Le vote nomme d’autres clés que celles de ce service. Refaites-le ici.',
  'notice-too-short': 'Le délai entre l’annonce et le vote est plus court que ne le disent les règles.',
  'unsupported-type': 'Cette version n’accepte pas ce genre d’entrée.',
  'bad-entry': 'Ce qui a été envoyé enfreint une règle du registre.',
  'bad-signature':
    'Ce n’est pas signé par quelqu’un qui en a le droit. Regardez quelle clé vous avez ouverte.',
  'second-not-needed': 'Un seul responsable peut signer cela. Inscrivez-le vous-même.',
  'unknown-proposed-entry': 'Cela n’attend plus de second responsable.',
  'too-many-proposed':
    'Trop de choses attendent déjà un second responsable. Faites-en signer ou retirez-en quelques-unes.',
  'out-of-order':
    'Cela ne peut pas se faire à ce point du vote. Chargez la page de nouveau pour voir ce qui vient ensuite.',
  'too-early': 'Le moment n’est pas encore venu.',
  'bad-blob': 'Les fichiers envoyés ne sont pas ceux qui ont été signés.',
  'bad-roll': 'La liste des votants ne va pas avec les règles du vote.',
  'bad-shares': 'La part de clé du scrutateur n’est pas juste.',
  'wrong-tally': 'Le compte n’est pas celui que donne le registre.',
  'wrong-result': 'Le résultat n’est pas celui qui suit du registre.',

  'not-open': 'Le vote n’a pas commencé.',
  'voting-closed': 'Le vote est clos.',
  'not-on-roll': 'Ce votant n’est pas sur la liste comme le bulletin le dit.',
  'stale-link': 'Un autre bulletin du même votant est arrivé entre-temps.',
  'bad-ballot': 'Le bulletin n’est pas valable.',
  'checked-ballot': 'Ce bulletin a été ouvert pour contrôle : il ne peut plus être déposé.',
  'bad-check': 'Ce qui a été ouvert pour contrôle n’est pas valable.',
  'too-many-votes': 'Trop de bulletins sont venus de ce votant. Attendez une minute, puis réessayez.',

  'credential-replaced': 'Ce code de vote a été remplacé par un nouveau.',
  'unknown-credential': 'Personne sur la liste n’a ce code de vote.',
  'unknown-voter': 'Personne sur la liste n’a ce numéro de votant.',
  'unknown-entry': 'Le registre n’a pas cette entrée.',
  'unknown-resource': 'Le registre n’a pas ce fichier.',
  'not-tallied': 'Rien n’a encore été compté.',
  'unknown-mail': 'Ce message entre scrutateurs n’est pas arrivé.',

  'disputes-closed': 'Le délai pour signaler un problème est passé.',
  'too-many-disputes': 'Trop de problèmes ont été signalés. Réessayez plus tard.',
  'unknown-dispute': 'Ce signalement n’existe pas.',

  'bad-roll-file': 'Le fichier des membres a des erreurs. Rien n’en a été gardé.',
  'unknown-roll': 'Cette liste n’existe pas. Importez d’abord les membres.',
  'roll-exists': 'Il y a déjà une liste. Ce fichier peut être proposé comme changement.',
  'unknown-proposal':
    'Ce fichier n’attend plus d’être approuvé. Chargez la page de nouveau pour voir ce qui attend.',
  'second-officer-needed':
    'Un autre responsable que celui qui a apporté le fichier doit l’approuver, car des codes de vote existent.',
  'not-issued': 'Il n’y a pas encore de codes de vote pour ce vote.',
  'issued-otherwise':
    'Des codes de vote ont déjà été émis, à partir d’une autre liste ou pour d’autres personnes.',
  'exported-before': 'Les lettres ont déjà été retirées.',
  'not-exported': 'Les lettres n’ont pas encore été retirées.',
  'tokens-deleted': 'Les codes de vote ont été effacés après leur remise.',

  'election-unavailable':
    'Le service ne peut pas lire son propre registre de ce vote. Dites-le à qui le gère.',
  overloaded: 'Le service a trop à faire. Réessayez dans un instant.',
  'store-failed': 'Le service n’a pas pu l’écrire. Réessayez : rien n’est fait deux fois.',
  stopping: 'Le service s’arrête. Réessayez plus tard.',
  internal:
    'Quelque chose a échoué dans le service. Réessayez ; si cela échoue encore, dites-le à qui le gère.',
};
