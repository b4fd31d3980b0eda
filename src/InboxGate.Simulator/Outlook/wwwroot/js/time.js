// Instants in the mailbox owner's zone.

const parts = (at, timeZone) =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );

const offsetOf = (at, timeZone) => {
  const p = parts(at, timeZone);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(at.getTime() / 1000) * 1000;
};

/** The next instant after `now` at which clocks in the zone show hour:minute. */
export function next(now, timeZone, hour, minute) {
  const today = parts(now, timeZone);
  for (let day = 0; ; day++) {
    const wall = Date.UTC(today.year, today.month - 1, today.day + day, hour, minute);
    // The offset at the goal counts, which differs from now's when the clocks change in between.
    const guess = new Date(wall - offsetOf(new Date(wall), timeZone));
    const at = new Date(wall - offsetOf(guess, timeZone));
    if (at > now) return at;
  }
}

export const clockText = (at, timeZone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);

export const fullText = (at, timeZone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);

/** In the list: the time for today's mail, the day for older mail. */
export function listText(at, now, timeZone) {
  const same = (options) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  const day = same({ dateStyle: 'short' });
  return day.format(at) === day.format(now)
    ? same({ hour: '2-digit', minute: '2-digit' }).format(at)
    : same({ weekday: 'short', day: 'numeric', month: 'numeric' }).format(at);
}
