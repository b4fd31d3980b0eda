import type { PrivacyWords } from './en';

export const privacyWords: PrivacyWords = {
  exportTitle: 'Llevarse una copia',
  exportText: 'Todo lo que InboxGate guarda sobre usted: llamadas, días, plan, listas y lo que espera en su bandeja de entrada. Su responsable no puede obtener este archivo.',
  json: 'Guardar en un archivo (JSON)',
  csv: 'Guardar para una hoja de cálculo (CSV)',
  saved: 'Guardado.',
  exportFailed: 'No se pudo hacer la copia.',

  eraseTitle: 'Borrarlo todo',
  eraseText: 'Sus llamadas, días, racha, plan, objetivos, listas y ajustes desaparecen de todas las tablas. No se puede deshacer.',
  erase: 'Borrar todo sobre mí…',
  confirm: 'Antes de borrar',
  happens: [
    'Todas sus llamadas y días terminados desaparecen, y su responsable ya no ve ninguna cifra suya.',
    'Su correo deja de observarse. No se mueve ni se elimina ningún mensaje; se le quitan nuestras categorías.',
    'Los clics que esperan en este navegador se descartan.',
    'Si dirige un equipo, también desaparece lo que fijó para él.',
    'Si vuelve a abrir InboxGate, empieza de nuevo, sin nada.',
  ],
  sure: 'Entiendo que no se puede deshacer.',
  eraseNow: 'Borrar para siempre',
  keep: 'Conservarlo todo',
  erasing: 'Borrando…',
  eraseFailed: 'Aún no está todo borrado. Inténtelo de nuevo.',

  erased: 'Se ha borrado todo sobre usted. Si vuelve a iniciar sesión, empieza de nuevo.',
  beingErased: 'Se está borrando todo sobre usted; termina solo dentro de un rato. Si después vuelve a iniciar sesión, empieza de nuevo.',
  marksLeft: 'En algunos mensajes pueden haber quedado categorías que empiezan por «InboxGate:»; puede quitarlas en Outlook.',
};
