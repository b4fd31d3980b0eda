// Classic Outlook for Windows runs launch events from the script alone: no page, no storage, no modules, only absolute
// addresses. A worker stands for that runtime. It fetches with the add-in's origin, which a hidden page lends it, and only
// where the add-in says that this script may: /.well-known/microsoft-officeaddins-allowed.json.

const missing = [
  'location', 'navigator', 'crypto', 'indexedDB', 'caches', 'Worker', 'BroadcastChannel', 'EventSource', 'OffscreenCanvas', 'createImageBitmap', 'importScripts',
];

const bootstrap = (office) => `
  importScripts(${JSON.stringify(office)});
  for (const name of ${JSON.stringify(missing)}) Object.defineProperty(self, name, { value: undefined });
  self.addEventListener('message', ({ data }) => {
    if (data?.lookalike === 'script') (0, eval)(data.text);
  });
`;

/**
 * @param startPage starts the page that lends its origin
 * @param answerOf answers what the script asks
 */
export function startScript(startPage, answerOf, given, place) {
  const page = startPage({ ...given, kind: 'bridge', script: null }, place);
  const worker = new Worker(URL.createObjectURL(new Blob([bootstrap(new URL('office.js', location.href).href)], { type: 'text/javascript' })));
  const fetched = fetchThrough(page);
  const { origin } = new URL(given.address);
  let greeted;
  const runtime = {
    ...given,
    loaded: page.loaded,
    greeting: new Promise((resolve) => (greeted = resolve)),
    heard: () => greeted(),
    tell: (name, value) => worker.postMessage({ lookalike: 'event', name, value }),
    async fetch(request) {
      const { body } = await fetched({ url: `${origin}/.well-known/microsoft-officeaddins-allowed.json` });
      if (!JSON.parse(body).allowed?.includes(given.script)) throw new TypeError('The add-in’s list of allowed scripts does not hold this one.');
      return fetched(request);
    },
    stop() {
      worker.terminate();
      page.stop();
    },
  };
  worker.addEventListener('message', async ({ data }) => {
    if (data?.lookalike === 'request') worker.postMessage(await answerOf(runtime, data));
  });
  worker.addEventListener('error', ({ message }) => given.ended({ kind: 'failed', message }));
  void page.greeting.then(() => fetched({ url: given.script })).then(
    ({ body }) => worker.postMessage({ lookalike: 'script', text: body }),
    () => given.ended({ kind: 'unavailable' }),
  );
  return runtime;
}

function fetchThrough(page) {
  const waiting = new Map();
  let last = 0;
  page.fetched = ({ id, error, ...answer }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new TypeError(error));
    else resolve(answer);
  };
  return (request) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      page.tell('fetch', { id: last, ...request });
    });
}
