import type { ContactWords } from './en';

const number = (amount: number) => amount.toLocaleString('es');

export const contactWords: ContactWords = {
  title: 'Contactos de Outlook',
  explain: 'Las personas de una carpeta o una categoría de tus contactos llegan a tu lista y siguen lo que cambia allí. Solo se leen nombre, empresa, direcciones y números.',
  failed: 'No se han podido leer tus contactos.',
  offline: 'Sin conexión. No se ha cambiado nada.',

  folder: 'Carpeta',
  category: 'Categoría',
  kind: 'Son',
  usual: 'Contactos',
  all: 'Todas las personas',
  choose: 'Mantener al día',
  enough: 'Los contactos vienen de cinco fuentes como máximo. Suelta una para elegir otra.',

  part: (folder, category) => `${folder}, categoría ${category}`,
  people: (count) => (count === 1 ? '1 persona' : `${number(count)} personas`),
  readAt: (when) => `al día de ${when}`,
  reading: 'Leyendo',
  leave: 'Soltar',
  leaveSpoken: (what) => `Soltar ${what}`,
  left: (what) => `${what} ya no llena tu lista.`,
  undo: 'Deshacer',

  problem: {
    contactsDenied: 'InboxGate no puede leer tus contactos. Tu administrador puede permitirlo; todo lo demás sigue igual.',
    contactFolderGone: 'Esta carpeta ya no está en tu buzón.',
    contactsTooMany: 'Hay más de 20.000: el resto queda fuera.',
    throttled: 'Microsoft pide una pausa. Tus contactos se leerán un poco más tarde.',
    signInNeeded: 'Microsoft te pide que inicies sesión de nuevo.',
  },
  problemOtherwise: 'Ahora mismo no se pueden leer tus contactos. Se volverá a intentar solo.',
};
