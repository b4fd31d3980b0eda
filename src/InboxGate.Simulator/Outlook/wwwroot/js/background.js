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
    let hasGreeted = false;
    const ended = (outcome) => {
      // What still runs in the page after its word is lost, as in Outlook.
      clearTimeout(limit);
      runtime.stop();
      resolve(outcome);
    };
    const limit = setTimeout(ended, limitMilliseconds, { kind: 'timeout' });
    const runtime = start({ ...given, ended }, document.getElementById('hidden-pages'));
    void runtime.greeting.then(() => {
      hasGreeted = true;
      runtime.tell('run', command);
    });
    // A page that has loaded and says nothing is the browser's own about a lost connection, or one without Office.js.
    void runtime.loaded.then(() => setTimeout(() => {
      if (!hasGreeted) ended({ kind: 'unavailable' });
    }, silenceMilliseconds));
  });
}
