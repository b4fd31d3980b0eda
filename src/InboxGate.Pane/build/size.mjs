// Measures what the browser must fetch before the pane is usable: the page, every script it names, and its words in English.
// Fails when that is more than the limit. The lazy libraries are listed, not counted.
// The script of Outlook's events has a limit of its own: it is loaded for every mail that is written.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotli } from './precompress.mjs';

const limit = 21_000;
const eventsLimit = 10_000;
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const page = readFileSync(join(dist, 'taskpane.html'));
const upFront = [...page.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);

let total = report('taskpane.html', page);
for (const name of upFront) total += report(name, readFileSync(join(dist, name)));
for (const file of readdirSync(join(dist, 'assets'))) {
  if (/^words-en-.*\.js$/.test(file)) total += report(`assets/${file}`, readFileSync(join(dist, 'assets', file)));
  else if (file.endsWith('.js') && !upFront.includes(`assets/${file}`)) {
    report(`assets/${file} (lazy)`, readFileSync(join(dist, 'assets', file)));
  }
}

console.log(`${String(total).padStart(7)}  up front, brotli; at most ${limit}`);
const events = report(`events.js, of its own; at most ${eventsLimit}`, readFileSync(join(dist, 'events.js')));
if (total > limit || events > eventsLimit) process.exit(1);

function report(name, bytes) {
  const size = brotli(bytes).length;
  console.log(`${String(size).padStart(7)}  ${name}`);
  return size;
}
