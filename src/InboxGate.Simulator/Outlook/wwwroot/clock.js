// The simulated world's clock, shown and moved in the time zone of the mailbox.
import * as api from './api.js';

const day = 86_400_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export function createClock(user) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const zone = iana(user.timeZone);

  async function read() {
    ahead = Date.parse((await api.clock()).now) - Date.now();
  }

  /** The next moment at which the wall clock shows this time, on a day that suits. */
  function next(time, suits = () => true, from = now()) {
    for (let ahead = 0; ahead <= 14; ahead++) {
      const date = wall(from + ahead * day, zone);
      const [hour, minute] = time.split(':').map(Number);
      const at = instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour, minute), zone);
      if (at > from && suits(weekdays[date.getUTCDay()], ahead)) return at;
    }
    return from + day;
  }

  function target(choice) {
    const works = (weekday) => user.workingDays?.includes(weekday) ?? true;
    switch (choice) {
      case 'nine': return next('9:00');
      case 'lunch': return next('12:30');
      case 'morning': return next(user.workingHours?.start ?? '8:00', (weekday, ahead) => ahead > 0 && works(weekday));
      default: return now() + Number(choice) * 60_000;
    }
  }

  return {
    now,
    read,
    async move(choice) {
      await api.moveClock(new Date(target(choice)).toISOString());
      await read();
    },
    text: () => new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(now()),
    iso: () => new Date(now()).toISOString(),
    /** A time in a list: the hour today, else the day. */
    short(at) {
      const [shown, today] = [wall(Date.parse(at), zone), wall(now(), zone)];
      const isToday = shown.toISOString().slice(0, 10) === today.toISOString().slice(0, 10);
      return new Intl.DateTimeFormat('en-GB', isToday
        ? { timeZone: zone, hour: '2-digit', minute: '2-digit' }
        : { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }).format(Date.parse(at));
    },
    long: (at) => new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
    }).format(Date.parse(at)),
  };
}

function iana(name) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // A Windows name, which browsers do not know.
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

/** The wall clock at an instant, as a date whose UTC members are the wall clock's. */
function wall(at, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  }).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second));
}

/** The instant at which the wall clock shows this; around a change of the offset the second look is right. */
function instant(shown, zone) {
  const once = shown - (wall(shown, zone) - shown);
  return once - (wall(once, zone) - shown);
}
