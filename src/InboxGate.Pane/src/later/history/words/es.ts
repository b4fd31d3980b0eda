import { words } from '../../../words';
import { counting } from '../../../words/counting';
import type { HistoryWords } from './en';

const plural = counting('es');
const number = (amount: number) => amount.toLocaleString('es');

export const historyWords: HistoryWords = {
  asking: 'Leyendo tus días.',
  failed: 'No se han podido leer tus días.',
  nothingYet: 'Tu primer día terminado aparecerá aquí mañana.',
  span: 'Hasta dónde mirar',
  spans: { fourWeeks: '4 semanas', thirteenWeeks: '13 semanas', year: 'Un año' },
  unit: 'Qué se cuenta',
  units: { calls: 'Llamadas', emails: 'Correos', meetings: 'Reuniones' },
  asTable: 'Mostrar como tabla',
  asPicture: 'Ocultar la tabla',
  keys: 'Las flechas dicen una barra tras otra.',
  streak: 'Días seguidos',
  streakNow: 'ahora',
  streakLongest: 'la más larga',

  goals: {
    title: 'Días y objetivos',
    sum: (met, asked) => (asked === 0 ? 'Ningún día tenía objetivo.' : `Objetivo cumplido ${plural(met, 'día', 'días')} de ${asked}.`),
    total: (done, unit) => `${words.ofAmount(done, unit)} en total.`,
    met: 'objetivo cumplido',
    short: 'por debajo del objetivo',
    free: 'sin objetivo',
    goal: 'objetivo',
  },
  weekdays: {
    title: 'Por día de la semana',
    sum: (day, perDay) => `El día con más llamadas: ${day}, ${perDay} de media.`,
    perDay: 'llamadas al día',
  },
  hours: {
    title: 'Por hora',
    sum: (from, to, calls) => `La hora con más llamadas: de ${from} a ${to}, ${number(calls)}.`,
    calls: 'llamadas',
  },
  noCalls: 'No hay llamadas en este periodo.',
  answers: {
    title: 'Respuestas a correos retenidos',
    sum: (earned, early) => `${plural(earned, 'respuesta ganada', 'respuestas ganadas')} con llamadas, ${number(early)} antes de tiempo.`,
    none: 'En este periodo no se respondió a ningún correo retenido.',
    earned: 'ganadas',
    early: 'antes de tiempo',
  },
  column: {
    day: 'Día', week: 'Semana', weekday: 'Día', hour: 'Hora', done: 'Hecho', goal: 'Objetivo', met: 'Días cumplidos', days: 'Días',
    average: 'Al día', calls: 'Llamadas', earned: 'Ganadas', early: 'Antes',
  },
  metOf: (met, asked) => `${met} de ${asked}`,
  point: (name, values) => `${name}: ${values}`,
  doneOfGoal: (done, unit, goal) => (goal > 0 ? `${words.ofAmount(done, unit)}, objetivo ${number(goal)}` : words.ofAmount(done, unit)),
  earnedAndEarly: (earned, early) => `${plural(earned, 'ganada', 'ganadas')}, ${early} antes`,

  csv: 'Guardar como CSV',
  csvFailed: 'No se ha podido obtener el archivo.',
  csvSaved: 'Guardado.',
};
