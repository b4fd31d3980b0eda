// The words of the parts that come later, in Spanish.
import { words } from '../../words';
import { counting } from '../../words/counting';
import type { LaterWords } from './en';

const plural = counting('es');
const number = (amount: number) => amount.toLocaleString('es');

const periods: Record<string, string> = { day: 'hoy', week: 'esta semana', month: 'este mes', quarter: 'este trimestre' };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** Calls are what is spoken of where nothing else is said. */
const amountOf = (amount: number, unit: string) => (unit === 'calls' ? number(amount) : words.counts(unit, amount, 0));

const spelt = ['ninguna', 'una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'];

/** An abbreviated month brings a full stop of its own. */
const oneStop = (sentence: string) => sentence.replace(/\.\.$/, '.');

export const laterWords: LaterWords = {
  problem: {
    consentMissing: 'La regla está desactivada: tu organización aún no ha permitido que InboxGate vea tu buzón. Tu administrador puede hacerlo.',
    accessDenied: 'La regla está desactivada: InboxGate no puede ver tu buzón. Tu administrador puede permitirlo.',
    mailboxNotFound: 'La regla está desactivada: Microsoft no encuentra un buzón para ti. Tu administrador puede revisarlo.',
    secretExpired: 'La regla está desactivada: el acceso propio de InboxGate ha caducado. Tu administrador puede renovarlo.',
    tokenRefused: 'La regla está desactivada: InboxGate no puede iniciar sesión en Microsoft. Tu administrador puede revisarlo.',
    signInNeeded: 'La regla está desactivada: Microsoft te pide que inicies sesión de nuevo.',
    signInRefused: 'La regla está desactivada: Microsoft rechaza el acceso de InboxGate. Tu administrador puede revisarlo.',
    graphUnavailable: 'La regla está desactivada: Microsoft no responde en este momento. Volverá por sí sola.',
    watchFailed: 'La regla está desactivada: InboxGate tiene un problema propio. Lo intenta de nuevo por sí solo.',
  },
  meanwhile: 'Hasta entonces puedes responder a todo. Las llamadas cuentan como siempre.',
  signInAgain: 'Iniciar sesión de nuevo',
  throttled: 'Microsoft pide una pausa: el correo nuevo se ve un poco más tarde.',
  change: 'Cambiar',

  catchingUp: (read, of) =>
    of === null ? `Poniéndose al día: ${plural(read, 'correo', 'correos')} hasta ahora` : `Poniéndose al día: ${number(read)} de ${plural(of, 'correo', 'correos')}`,

  assumed: (what, hours, timeZone) => {
    const unknown = what.timeZone && what.workingHours ? 'Horario y zona horaria sin confirmar' : what.timeZone ? 'Zona horaria sin confirmar' : 'Horario sin confirmar';
    const taken = what.workingHours && hours ? `${hours}, ${timeZone}` : timeZone;
    return `${unknown}: ${taken}. Puedes cambiarlo en Outlook o pedirlo a tu administrador.`;
  },
  hours: (from, to) => `de ${from} a ${to}`,
  delegated: 'El correo enviado se cuenta al abrir este panel: las cifras pueden ir con retraso.',

  firstRun: {
    title: 'Prueba la regla con tus últimos 14 días',
    text: 'Mira qué correo habría esperado y corrige lo que no sea así.',
    look: 'Ver los últimos 14 días',
    later: 'Ahora no',
  },

  close: 'Cerrar',
  tryAgain: 'Reintentar',
  sheetFailed: 'No se pudo cargar. Volverá a funcionar cuando tengas conexión.',
  plan: { title: 'Mi plan', open: 'Cambiar tu plan y tus días libres' },
  prospects: { title: 'Clientes potenciales', open: 'Ver tus clientes potenciales' },
  history: { title: 'Mirada atrás', open: 'Ver tus últimas semanas' },
  privacy: { title: 'Sus datos', open: 'Guardar o borrar sus datos' },
  dryRun: {
    title: 'Los últimos 14 días',
    asking: 'Leyendo quién escribió y cuándo. No se guarda nada.',
    askingAgain: 'Mirando de nuevo…',
    failed: 'No se pudieron leer los últimos 14 días.',
    heldOf: (mails) => `de ${plural(mails, 'correo', 'correos')} en espera`,
    since: (date) => oneStop(`Desde el ${date}.`),
    joined: (amount) => `${plural(amount, 'correo más', 'correos más')} en una conversación que ya esperaba.`,
    passed: (amount) => `${plural(amount, 'correo', 'correos')} para responder al momento.`,
    shared: (calls) => `${plural(calls, 'llamada libera', 'llamadas liberan')} todo lo que espera, por mucho que sea.`,
    truncated: (date) => oneStop(`Había más correo del que se lee de una vez: esto empieza el ${date}.`),
    noMail: (date) => `No ha llegado correo desde el ${date}.`,
    noneHeld: 'Nada habría esperado.',
    caption: 'Correo en espera por remitente',
    sender: 'Remitente',
    held: 'Espera',
    mails: 'Total',
    callsFirst: (calls) => (calls > 0 ? `antes ${plural(calls, 'llamada', 'llamadas')}` : 'sin llamadas'),
    passedTitle: (senders) => `${plural(senders, 'remitente', 'remitentes')} para responder al momento`,
    passedCaption: 'Correo para responder al momento, por remitente',
    more: (senders) => `y ${plural(senders, 'remitente más', 'remitentes más')}`,
    decide: 'Después decide',
    keepOn: 'Dejar la regla activa',
    turnOn: 'Activar la regla',
    keepOff: 'Sin ella por ahora',
    turnOff: 'Desactivar',
    pause: 'Pausa hasta mañana',
  },

  correct: {
    open: '¿Mal clasificado?',
    ask: '¿Quién es?',
    scope: 'Se aplica a',
    address: 'esta dirección',
    domain: (domain) => `todos en ${domain}`,
    made: (entry, kind) => `${entry} es ahora: ${kind}.`,
    undo: 'Deshacer',
  },

  waiver: {
    open: 'Responder ahora',
    title: 'Responder ahora, porque…',
    left: (left, today) => (left > 0 ? `${plural(left, 'queda', 'quedan')} de ${left + today}` : 'Hoy no queda ninguna; aun así funciona'),
    leftTitle: 'Respuestas de urgencia',
    leftSpelt: (left) => `Respuestas de urgencia: ${left.toLowerCase()}.`,
    reasons: ['Un cliente espera', 'Me lo pide mi responsable', 'Es solo un minuto'],
    own: 'Otro motivo',
    send: 'Responder',
    takeBack: 'Volver atrás',
    private: 'Solo tú ves el motivo.',
  },

  waiting: {
    title: 'En espera',
    summary: (held, oldest) => `${held} en espera, el más antiguo: ${oldest}`,
    earned: 'Ganada',
    left: (amount) => `${amount === 1 ? 'falta' : 'faltan'} ${words.calls(amount)}`,
    none: 'Nada en espera.',
    noSubject: '(sin asunto)',
    more: (amount) => `y ${amount} más`,
  },

  age: (minutes) =>
    minutes < 1 ? 'ahora mismo' : minutes < 60 ? `${minutes} min` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h` : plural(Math.floor(minutes / 1440), 'día', 'días'),

  day: {
    emails: 'Correos a clientes potenciales',
    line: (start, end, now) => (now ? `El día, de ${start} a ${end}. Ahora ${now}.` : `El día, de ${start} a ${end}.`),
  },

  behind: {
    title: 'Un camino de vuelta',
    by: (behind, unit, period, month) =>
      `Te ${behind === 1 ? 'falta' : 'faltan'} ${amountOf(behind, unit)} ${period === 'month' ? `en ${month}` : periods[period] ?? period}.`,
    until: (period, day, date) => (period === 'week' ? 'hasta el fin de la semana' : period === 'month' ? `hasta el día ${day}` : `hasta el ${date}`),
    closes: (more, until) => `${number(more)} más al día ${until} y quedas al día.`,
    closesAnyway: (normalDay, until) => `Con tus ${number(normalDay)} de siempre al día ${until} basta.`,
    or: (normalDay, finishAt) => `O mantén ${number(normalDay)} y termina con ${number(finishAt)}.`,
    beyond: (atMost, unit, until) => `Los días completos ${until} dan como mucho ${amountOf(atMost, unit)}.`,
    choose: 'Tú eliges',
    more: (more) => `${number(more)} más al día`,
    goFor: (atMost) => `Ir a por ${number(atMost)}`,
    keep: (normalDay) => `Mantener ${number(normalDay)}`,
    notNow: 'Ahora no',
    understood: 'Entendido',
    made: (more, until) => `${number(more)} más al día ${until}.`,
    full: (until) => `Días completos ${until}.`,
    kept: (normalDay, until) => `${number(normalDay)} al día ${until}.`,
    tomorrow: 'Vale desde mañana.',
    undo: 'Deshacer',
  },

  mail: {
    write: 'Escribir a mi responsable',
    openElsewhere: 'Abrir en tu programa de correo',
    hello: 'Hola:',
    ask: '¿Podemos hablarlo?',
    period: (period, month) => capital(period === 'month' ? month : periods[period] ?? period),
    subject: (period) => `Mis objetivos: ${period}`,
    doneOf: (done, amount, unit) => `${number(done)} de ${words.ofAmount(amount, unit)}.`,
  },

  targets: {
    title: 'Pedido',
    line: ({ done, amount, unit, period }) => `${number(done)} de ${words.ofAmount(amount, unit)} ${periods[period] ?? period}`,
    left: (left, days) => `${plural(left, 'pendiente', 'pendientes')}, ${plural(days, 'día laborable', 'días laborables')}`,
    finish: (dayGoal, total) => `${dayGoal} al día llevan a ${number(total)}`,
    closed: 'Pedido y hecho',
  },

  next: {
    title: 'Próximas llamadas',
    call: (name) => `Llamar a ${name}`,
    callOf: (name, at, of) => `Llamar a ${name} (${at} de ${of})`,
    dial: 'Llamar',
    there: (time) => `allí son las ${time}`,
    because: {
      followUpDue: (days) => (days > 0 ? `Seguimiento previsto hace ${plural(days, 'día', 'días')}` : 'Seguimiento previsto para hoy'),
      neverContacted: () => 'Aún sin contacto',
      longestUntouched: (days, by) =>
        by === 'mail' ? (days > 0 ? `Escribiste hace ${plural(days, 'día', 'días')}` : 'Escribiste hoy') : `Sin llamada desde hace ${plural(days, 'día', 'días')}`,
    },
    lastCall: (day) => `Última llamada: ${day}`,
    lastCallWith: (day, outcome) => `Última llamada: ${day}, ${outcome.toLowerCase()}`,
    lastMail: (day) => `Último correo: ${day}`,
    how: (name) => `¿Cómo fue con ${name}?`,
    unsaid: 'Contar sin decirlo',
    notCalled: 'No he llamado',
    notNow: 'Ahora no',
    notNowWith: (name) => `Ahora no: ${name}`,
    skip: 'Hoy no',
    tomorrow: 'Mañana',
    nextWeek: 'La próxima semana',
    from: 'Desde',
    putOff: 'Aplazar',
    never: 'Nunca',
    off: {
      skip: (name) => `${name}: hoy no.`,
      later: (name, day) => oneStop(`${name}: a partir del ${day}.`),
      never: (name) => `${name}: no se propondrá más.`,
    },
    undo: 'Deshacer',
    none: {
      noProspects: 'Aún no hay clientes potenciales en tus listas.',
      noNumbers: 'Ninguno de tus clientes potenciales tiene aún un número al que llamar.',
      outsideHours: 'No es hora de llamar donde están tus clientes potenciales.',
      allCalledToday: 'A todos los que se puede llamar ahora ya se les llamó o se les aplazó.',
    },
    prospects: 'Abrir mis clientes potenciales',
    offline: 'A quién llamar se muestra en cuanto tengas conexión.',
  },

  oldCalls: {
    title: (amount) => `${words.calls(amount)} sin enviar`,
    explain: 'Hechas hace más de 7 días o no aceptadas por el servidor. Tú decides.',
    made: (when) => `Hecha el ${when}`,
    countNow: 'Contar ahora',
    forget: 'Olvidar',
  },

  several: {
    open: 'Varias a la vez',
    how: 'Llamadas hechas',
    add: (amount) => `Contar ${words.calls(amount)}`,
    explain: 'Cada una se puede deshacer por separado.',
  },

  outcome: {
    title: '¿Cómo fueron?',
    at: (time) => `Llamada de ${/^0?1:/.test(time) ? 'la' : 'las'} ${time}`,
    nth: (number) => `Llamada ${number}`,
    none: 'Sin indicar',
    of: { noAnswer: 'Sin respuesta', voicemail: 'Buzón de voz', talked: 'Conversación', meeting: 'Reunión', wrongNumber: 'Número equivocado' },
  },

  reward: {
    goal: 'El objetivo del día está cumplido. Todo lo demás es extra.',
    earned: (name) => `Ganada: responde a ${name}`,
    earnedMany: (amount) => plural(amount, 'respuesta ganada', 'respuestas ganadas'),
    answer: 'Responder',
    answerName: (name) => `Responder a ${name}`,
  },

  rehearsal: {
    title: 'Tu regla de hoy',
    rule: (calls) => `Si un correo no es de un cliente potencial, hago ${calls < 11 ? spelt[calls] : number(calls)} ${calls === 1 ? 'llamada' : 'llamadas'} y luego lo respondo.`,
    pieces: 'Tu día por etapas',
    piece: (amount, unit, by) => `${words.ofAmount(amount, unit)} ${by}`,
    begin: 'Empezar',
    setting: 'Repasar la regla cada mañana',
    settingExplain: 'Una tarjeta con tu regla y las etapas del día, al abrir el panel por primera vez.',
  },

  pin: {
    text: 'Ancla este panel con la chincheta de arriba: así sigue al correo que selecciones.',
    done: 'Entendido',
  },

  signInTrouble: {
    blocked: 'El navegador no abrió la ventana de inicio de sesión. Permítela para esta página e inténtalo de nuevo.',
    cancelled: 'El inicio de sesión se cerró antes de terminar. Inténtalo de nuevo cuando quieras.',
    consent: 'Un administrador tiene que aprobar InboxGate primero.',
    offline: 'No se puede acceder al inicio de sesión. Inténtalo de nuevo cuando tengas conexión.',
    foreign: 'InboxGate no está preparado para la organización de esta cuenta. Inicia sesión con tu cuenta de trabajo.',
    otherAccount: 'Esa cuenta no es la de este buzón. Inicia sesión con la cuenta del buzón, o elige otra vez la misma para seguir con ella.',
  },

  settings: {
    title: 'Ajustes',
    dryRun: 'Ver qué habría esperado en los últimos 14 días',
    tomorrow: 'mañana',
    gate: 'Regla',
    gateExplain: 'El correo que no es de un cliente potencial pide llamadas antes de su respuesta.',
    paused: (until) => `En pausa hasta ${until}`,
    resume: 'Terminar la pausa',
    pause: 'Pausa',
    hour: '1 hora',
    today: 'Resto del día',
    until: 'Hasta el',
    untilSet: 'Pausar',
    marks: 'Marcar el correo en la lista de mensajes',
    marksExplain: 'Una categoría como «InboxGate: 3 calls first» aparece junto a cada correo en espera. Tus propias categorías se quedan.',
    marksProblem: {
      marksDenied: 'Aún sin marcar: falta un permiso que tu administrador puede dar. Se intenta de nuevo cada día.',
    },
    teams: 'Llamar con Microsoft Teams',
    teamsExplain: 'Si no, con lo que este dispositivo use para llamar.',
    marksOtherwise: 'Ahora mismo no se puede marcar el correo. Se intenta de nuevo por sí solo.',
    asking: 'Cargando…',
    failed: 'Sin guardar.',
    saved: 'Guardado.',
    signOut: 'Cerrar sesión',
  },
};
