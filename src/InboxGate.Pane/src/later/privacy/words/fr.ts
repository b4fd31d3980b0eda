import type { PrivacyWords } from './en';

export const privacyWords: PrivacyWords = {
  exportTitle: 'Emporter une copie',
  exportText: 'Tout ce qu’InboxGate conserve sur vous : appels, journées, plan, listes et ce qui attend dans votre boîte de réception. Votre responsable ne peut pas obtenir ce fichier.',
  json: 'Enregistrer en un fichier (JSON)',
  csv: 'Enregistrer pour un tableur (CSV)',
  saved: 'Enregistré.',
  exportFailed: 'La copie n’a pas pu être faite.',

  eraseTitle: 'Tout effacer',
  eraseText: 'Vos appels, journées, série, plan, objectifs, listes et réglages disparaissent de toutes les tables. C’est irréversible.',
  erase: 'Effacer tout ce qui me concerne…',
  confirm: 'Avant d’effacer',
  happens: [
    'Tous vos appels et toutes vos journées terminées disparaissent, et votre responsable ne voit plus aucun de vos chiffres.',
    'Vos mails ne sont plus suivis. Aucun mail n’est déplacé ni supprimé ; nos catégories en sont retirées.',
    'Les clics qui attendent dans ce navigateur sont abandonnés.',
    'Si vous dirigez une équipe, ce que vous avez fixé pour elle disparaît aussi.',
    'Si vous rouvrez InboxGate, vous repartez de zéro.',
  ],
  sure: 'Je comprends que c’est irréversible.',
  eraseNow: 'Effacer définitivement',
  keep: 'Tout garder',
  erasing: 'Effacement…',
  eraseFailed: 'Tout n’est pas encore effacé. Réessayez.',

  erased: 'Tout ce qui vous concerne a été effacé. Si vous vous reconnectez, vous repartez de zéro.',
  beingErased: 'Tout ce qui vous concerne est en cours d’effacement ; cela se termine tout seul dans un moment. Si vous vous reconnectez ensuite, vous repartez de zéro.',
  marksLeft: 'Des catégories qui commencent par « InboxGate: » sont peut-être restées sur certains mails ; vous pouvez les retirer dans Outlook.',
};
