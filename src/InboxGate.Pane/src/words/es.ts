// The words of the pane in Spanish. The gate is "la regla", what it holds is "en espera".
import { counting } from './counting';
import type { Words } from './en';

const plural = counting('es');
const calls = (amount: number) => plural(amount, 'llamada', 'llamadas');
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? plural(amount, 'correo', 'correos') : unit === 'meetings' ? plural(amount, 'reunión', 'reuniones') : calls(amount);

/** "la 1:00", "las 9:00". */
const the = (name: string) => (/^0?1:/.test(name) ? `la ${name}` : `las ${name}`);

export const words: Words = {
  locale: 'es',
  direction: 'ltr',
  product: 'InboxGate',
  calls,
  ofAmount: amountOf,
  today: 'Hoy',
  callsOf: (goal) => (goal > 0 ? `de ${calls(goal)}` : 'llamadas'),
  callsSpoken: (done, goal) => (goal > 0 ? `${done} de ${calls(goal)} hoy` : `${calls(done)} hoy`),
  goalMet: 'Objetivo del día cumplido',
  dayOff: 'Día libre. Hoy no hay objetivo.',
  streak: (days) => `${plural(days, 'día', 'días')} seguidos`,
  counts: (unit, done, goal) => (goal > 0 ? `${done} de ${amountOf(goal, unit)}` : amountOf(done, unit)),
  asOf: (time) => `a ${the(time)}`,
  checkpoints: 'Etapas',
  checkpointName: ({ key, name }) => (key === 'lunch' ? 'Mediodía' : key === 'leaving' ? 'Salida' : name),
  checkpointState: { kept: 'cumplida', missed: 'pasada', next: 'la próxima', later: 'más tarde' },
  checkpointSpoken: (name, due, unit, state) => `${name}: ${amountOf(due, unit)}, ${state}`,
  by: ({ key, name }) => (key === 'lunch' ? 'antes de comer' : key === 'leaving' ? 'antes de salir' : `antes de ${the(name)}`),
  kept: ({ key, name }) => (key === 'lunch' ? 'Mediodía cumplido.' : key === 'leaving' ? 'Día cumplido.' : `Etapa de ${the(name)} cumplida.`),
  keptThenNext: (kept, due, by) => `${kept} Ahora: ${due} ${by}.`,
  progress: (done, due, by) =>
    done * 2 < due ? `${done} de ${due} ${by}.` : `${due - done === 1 ? 'Falta' : 'Faltan'} ${due - done} ${by}.`,

  nextStep: {
    offHours: 'Fuera de horario: responde a quien quieras.',
    gate: (amount, name) => `${calls(amount)} y luego ${name ? `responde a ${name}` : 'tu respuesta está ganada'}.`,
    small: (amount, unit) => `Siguiente paso: ${amountOf(amount, unit)}.`,
    emails: (amount) => `Escribe ${plural(amount, 'correo', 'correos')} a clientes potenciales.`,
    done: 'Hecho: todo lo demás es extra.',
    noGoal: 'Hoy no hay objetivo. Cada llamada cuenta.',
  },

  callMade: 'Llamada hecha',
  callMadeOf: (number, of) => `Llamada hecha (${number} de ${of})`,
  undo: 'Deshacer la última llamada',
  announceCall: (done) => `${calls(done)} hoy.`,
  announceUndo: (done) => `Deshecha. ${calls(done)} hoy.`,
  waitingToBeSent: (amount) => `${calls(amount)} por enviar`,

  gate: {
    title: 'Este mensaje',
    calls: (amount) => `${calls(amount)} antes de esta respuesta`,
    dots: (made, required) => `${made} de ${calls(required)}`,
    earned: 'Ganada: ya puedes responder',
    earnedReply: 'Ganada: ya puedes enviar',
    reply: 'Responder',
    off: 'Responde cuando quieras.',
    closed: {
      answered: 'Respondido.',
      waived: 'Responde ahora. El motivo queda contigo.',
      expired: 'Su momento pasó. Responde cuando quieras.',
      released: 'No hacen falta llamadas. Responde cuando quieras.',
    },
    checking: 'Mirando este mensaje…',
    unchecked: 'No se pudo comprobar este mensaje. Responde cuando quieras.',
    none: 'Ningún mensaje seleccionado. Elige uno para ver cómo está su respuesta.',
    several: 'Varios mensajes seleccionados. Elige uno para ver cómo está su respuesta.',
    newMail: 'Un correo nuevo: no hacen falta llamadas.',
    replyFree: 'Esta respuesta no pide llamadas.',
    invitation: 'Una invitación: no hacen falta llamadas.',
    unsupported: 'Aquí no hay nada que comprobar: no hacen falta llamadas.',
    shared: 'Un buzón compartido: no hacen falta llamadas.',
    notInOutlook: 'Abre InboxGate en Outlook para ver cómo está cada mensaje.',
  },

  someone: 'Alguien',

  free: {
    prospect: 'Un cliente potencial: responde primero.',
    customer: 'Un cliente: no hacen falta llamadas.',
    colleague: 'Alguien de tu empresa: no hacen falta llamadas.',
    vip: 'Responde ahora: no hacen falta llamadas.',
    other: 'No hacen falta llamadas.',
    automated: 'Lo escribió una máquina: no hacen falta llamadas.',
    unknown: 'Remitente nuevo: ¿cliente potencial?',
  },

  kind: {
    prospect: 'Cliente potencial',
    customer: 'Cliente',
    colleague: 'De tu empresa',
    vip: 'VIP',
    other: 'No es potencial',
    automated: 'Automático',
    unknown: 'Remitente nuevo',
  },

  because: {
    self: () => 'Lo escribiste tú.',
    listedAddress: ({ name, match, kind }) => `${name} está en la lista: ${kind}${inBrackets(match)}.`,
    manager: ({ name }) => `${name} es tu responsable.`,
    machine: ({ match }) => `Lo escribió una máquina${inBrackets(match)}.`,
    listedDomain: ({ name, match, kind }) => `La empresa de ${name} está en la lista: ${kind}${inBrackets(match)}.`,
    tenantDomain: ({ name, match }) => `${name} es de tu empresa${inBrackets(match.startsWith('/') ? '' : match)}.`,
    youWroteFirst: ({ name }) => `Tú escribiste primero a ${name}.`,
    unknownSender: ({ name }) => `Nadie ha dicho aún quién es ${name}.`,
  },

  banner: {
    calls: (amount) => `${calls(amount)} antes de esta respuesta`,
    earned: 'Ganada: ya puedes responder',
    unknown: 'Remitente nuevo: ¿cliente potencial?',
  },

  gateOff: {
    offHours: 'Fuera de horario: responde a quien quieras.',
    outOfOffice: 'Las respuestas automáticas están activas: nada queda en espera.',
    mailboxUnreachable: 'La regla está desactivada: no se puede acceder a tu buzón. Puedes responder a todo.',
    notWatching: 'La regla está desactivada: tu buzón aún no se sigue. Puedes responder a todo.',
    paused: 'La regla está en pausa. Puedes responder a todo.',
  },
  settings: 'Ajustes',
  gateOffOtherwise: 'La regla está desactivada. Puedes responder a todo.',

  link: {
    loading: 'Cargando…',
    offline: 'Sin conexión. Tus llamadas se guardan y se envían después; puedes responder a todo.',
    error: 'No se pudo cargar tu día. Puedes responder a todo.',
    retry: 'Reintentar',
    signedOutTitle: 'Tres llamadas y luego la respuesta',
    signedOut: 'InboxGate cuenta tus llamadas de prospección y muestra cuándo está ganada una respuesta. En tu bandeja no se oculta ni se retiene nada.',
    signedOutShort: 'Sesión cerrada. Tus llamadas se guardan y se envían cuando vuelvas.',
    signIn: 'Iniciar sesión',
    signInFailed: 'No se completó el inicio de sesión. Inténtalo de nuevo o pide a tu administrador que apruebe InboxGate.',
  },
};

function inBrackets(match: string): string {
  return match ? ` (${match})` : '';
}
