import type { ContactWords } from './en';

const number = (amount: number) => amount.toLocaleString('fr');

export const contactWords: ContactWords = {
  title: 'Contacts d’Outlook',
  explain: 'Les personnes d’un dossier ou d’une catégorie de vos contacts rejoignent votre liste et suivent ce qui y change. Seuls le nom, l’entreprise, les adresses et les numéros sont lus.',
  failed: 'Vos contacts n’ont pas pu être lus.',
  offline: 'Pas de connexion. Rien n’a été modifié.',

  folder: 'Dossier',
  category: 'Catégorie',
  kind: 'Ce sont',
  usual: 'Contacts (dossier habituel)',
  all: 'Tout le monde',
  choose: 'Garder à jour',
  enough: 'Les contacts viennent de cinq sources au plus. Libérez-en une pour en choisir une autre.',

  part: (folder, category) => `${folder}, catégorie ${category}`,
  people: (count) => (count < 2 ? `${number(count)} personne` : `${number(count)} personnes`),
  readAt: (when) => `à jour au ${when}`,
  reading: 'Lecture en cours',
  leave: 'Libérer',
  leaveSpoken: (what) => `Libérer ${what}`,
  left: (what) => `${what} ne remplit plus votre liste.`,
  undo: 'Annuler',

  problem: {
    contactsDenied: 'InboxGate ne peut pas lire vos contacts. Votre administrateur peut l’autoriser ; tout le reste continue.',
    contactFolderGone: 'Ce dossier n’est plus dans votre boîte aux lettres.',
    contactsTooMany: 'Il y en a plus de 20 000 : le reste est laissé de côté.',
    throttled: 'Microsoft demande une pause. Vos contacts seront lus un peu plus tard.',
    signInNeeded: 'Microsoft vous demande de vous reconnecter.',
  },
  problemOtherwise: 'Vos contacts ne peuvent pas être lus pour le moment. Un nouvel essai se fera de lui-même.',
};
