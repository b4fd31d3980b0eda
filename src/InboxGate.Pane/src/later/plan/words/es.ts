import { counting } from '../../../words/counting';
import type { PlanWords } from './en';

const plural = counting('es');
const number = (amount: number) => amount.toLocaleString('es');

export const planWords: PlanWords = {
  failed: 'No se pudo leer tu plan.',
  notTaken: 'No se pudo aceptar.',
  save: 'Guardar',
  discuss: 'Hablar de mi plan con mi responsable',

  comesTo: 'Lo que da el plan',
  nothingAsked: 'De momento no se te pide nada.',
  sumOf: (asked, period) => `${period}: ${asked}`,
  aDay: (perDay) => `${number(perDay)} al día`,
  done: (amount) => plural(amount, 'hecha', 'hechas'),
  halves: (days) => plural(days, 'medio día', 'medios días'),
  sum: (equation, asked) => `${equation}; pedido ${number(asked)}`,
  short: (total, asked) => `Esto da ${number(total)}; lo pedido son ${number(asked)}.`,
  todayNow: (goal, before) => `Hoy: ${goal} en vez de ${number(before)}.`,
  easier: 'Pide menos, así que vale desde mañana. Los días libres valen enseguida.',

  checkpoints: 'Etapas',
  when: 'Cuándo',
  howMuch: 'Cuánto del objetivo del día hasta entonces',
  timeOf: (nth) => `Hora de la etapa ${nth}`,
  shareBy: (time) => `Parte antes de ${time}`,
  percent: (amount) => `${amount} %`,
  add: 'Añadir una etapa',
  remove: (time) => `Quitar ${time}`,
  usual: 'Usar las habituales',

  margin: 'Reserva',
  marginWhy: 'Un poco más de lo pedido, para que un día flojo no cueste nada. Solo tú la ves.',
  keepsPace: (date) => `Mantienes el ritmo hasta el ${date}: no se recupera nada.`,
  makeUp: 'Volver a recuperar',

  daysOff: 'Días libres',
  pressDays: 'Pulsa un día una vez: libre. Dos veces: medio día.',
  monthBefore: 'Mes anterior',
  monthAfter: 'Mes siguiente',
  noDays: 'Sin días libres previstos.',
  away: { worked: 'sin marcar', off: 'libre', half: 'medio día' },
};
