import type { TeamWords } from './en';

const number = (amount: number) => amount.toLocaleString('es');
const plural = (amount: number, one: string, many: string) => `${number(amount)} ${amount === 1 ? one : many}`;

export const teamWords: TeamWords = {
  title: 'Equipo',
  tabs: { team: 'Mi equipo', rules: 'Reglas de mi equipo', company: 'Empresa' },
  loading: 'Leyendo tu equipo.',
  asOf: (time) => `A las ${time}`,
  offline: 'No se puede acceder al servidor. Lo que se ve puede ser más antiguo.',
  offlineEmpty: 'No se puede acceder al servidor.',
  broken: 'No se pudo leer el equipo.',
  tryAgain: 'Intentar de nuevo',
  partFailed: 'No se pudo cargar esta parte. Volverá cuando tengas conexión.',

  signedOut: 'Las llamadas, los correos y las reuniones de tu equipo, junto a lo que se pidió.',
  signIn: 'Iniciar sesión',
  signingIn: 'La ventana de inicio de sesión está abierta.',
  signOut: 'Cerrar sesión',
  otherAccount: 'Iniciar sesión con otra cuenta',
  trouble: {
    blocked: 'El navegador no abrió la ventana de inicio de sesión. Permítela para esta página e inténtalo de nuevo.',
    cancelled: 'El inicio de sesión se cerró antes de terminar. Inténtalo de nuevo cuando quieras.',
    consent: 'Un administrador tiene que aprobar InboxGate primero.',
    offline: 'No se puede acceder al inicio de sesión. Inténtalo de nuevo cuando tengas conexión.',
    foreign: 'InboxGate no está preparado para la organización de esta cuenta. Inicia sesión con tu cuenta de trabajo.',
    otherAccount: 'Era otra cuenta. Inicia sesión de nuevo.',
    failed: 'El inicio de sesión no funcionó. Inténtalo de nuevo.',
  },

  forbidden: {
    title: 'Para ver un equipo necesitas el rol Manager.',
    text: 'Un administrador lo asigna en Microsoft Entra, como el rol de aplicación «Manager» de InboxGate. Después, inicia sesión de nuevo.',
  },
  empty: {
    title: 'Todavía no hay nadie en tu equipo.',
    text: 'Los comerciales aparecen aquí cuando abren InboxGate por primera vez. El directorio dice quién depende de quién; un administrador puede cambiarlo.',
    transitive: 'Ver también los equipos por debajo',
  },
  totalsOnly: 'Tu organización muestra solo totales, nunca a una persona sola.',
  tooFew: 'Los totales se muestran a partir de cinco personas.',

  reps: (amount) => plural(amount, 'comercial', 'comerciales'),
  column: { name: 'Nombre', calls: 'Llamadas hoy', emails: 'Correos hoy', meetings: 'Reuniones hoy', target: 'Frente al objetivo', onTrack: 'Al ritmo' },
  whole: 'Todo el equipo',
  nameless: 'Nombre desconocido',
  unit: { calls: 'Llamadas', emails: 'Correos', meetings: 'Reuniones' },
  period: { day: 'hoy', week: 'esta semana', month: 'este mes', quarter: 'este trimestre' },
  ofGoal: (goal) => `de ${number(goal)}`,
  noGoal: 'sin objetivo',
  targetName: (unit, period) => `${unit} ${period}`,
  targetDone: (done, due) => `${number(done)} de ${number(due)}`,
  pace: (done, due, pace) => `${number(done)} de ${number(due)}; un ritmo constante estaría en ${number(pace)}`,
  noTarget: 'Todavía no se pidió nada',
  onTrack: 'Al ritmo',
  ahead: (amount) => `${number(amount)} por delante de un ritmo constante`,
  atPace: 'A un ritmo constante',
  behind: (amount) => `${number(amount)} hasta un ritmo constante`,
  notOnTrack: 'Por debajo de un ritmo constante',
  unreachable: 'Más de lo que permiten los días que quedan: vale la pena hablarlo',
  onTrackOf: (onTrack, reps) => `${number(onTrack)} de ${number(reps)}`,

  search: 'Buscar por nombre',
  noneFound: 'Nadie del equipo se llama así.',
  sort: 'Ordenar por',
  ascending: 'Ascendente',
  descending: 'Descendente',
  transitive: 'También los equipos por debajo',
  csv: 'Guardar como CSV',
  csvFailed: 'No se pudo obtener el archivo.',
  more: 'Se está mostrando el resto del equipo.',
};
