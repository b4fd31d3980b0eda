// What an add-in does without being seen: a function command or a launch event, in a hidden page, until it says so.

const silenceMilliseconds = 2000;

/**
 * How it ended: { kind: 'completed', options }, { kind: 'failed' }, { kind: 'unavailable' } or { kind: 'timeout' }.
 * @param start starts the runtime: start(given, place)
 * @param given what runs: kind, address, and draft or message, context
 * @param command what is asked of it: name, type, source
 */
export function runHidden(start, given, command, limitMilliseconds) {
  return new Promise((resolve) => {
    const timers = [];
    const ended = (outcome) => {
      // What still runs in the page after its word is lost, as in Outlook.
      timers.forEach(clearTimeout);
      runtime.stop();
      resolve(outcome);
    };
    const runtime = start({ ...given, ended }, document.getElementById('hidden-pages'));
    timers.push(setTimeout(ended, limitMilliseconds, { kind: 'timeout' }));
    // A page that has loaded and says nothing is the browser's own about a lost connection, or one without Office.js.
    runtime.loaded.then(() => timers.push(setTimeout(ended, silenceMilliseconds, { kind: 'unavailable' })));
    void runtime.greeting.then(() => {
      clearTimeout(timers[1]);
      timers[1] = undefined;
      runtime.tell('run', command);
    });
  });
}
