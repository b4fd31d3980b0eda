// Names each test of a report that did not pass, a line each, with the beginning of why.
// usage: node failures.mjs <report>; a .trx of the .NET tests or a .json of the pane's.
import { readFileSync } from 'node:fs';

const LONGEST = 600;
const [report] = process.argv.slice(2);
const text = readFileSync(report, 'utf8');

const plain = (words) =>
  words
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

const ofTrx = () =>
  [...text.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)]
    .filter(([, attributes]) => !attributes.includes('outcome="Passed"'))
    .map(([, attributes, inner]) => [
      plain(/testName="([^"]*)"/.exec(attributes)[1]),
      // Not what the test wrote: that stands in messages too.
      plain(/<ErrorInfo>\s*<Message>([\s\S]*?)<\/Message>/.exec(inner ?? '')?.[1] ?? ''),
    ]);

const ofJson = () =>
  JSON.parse(text)
    .testResults.flatMap((file) => file.assertionResults)
    .filter((test) => test.status !== 'passed')
    .map((test) => [test.fullName, test.failureMessages.join(' ')]);

for (const [name, why] of report.endsWith('.json') ? ofJson() : ofTrx()) {
  console.log(`${name}: ${why.replace(/\s+/g, ' ').trim().slice(0, LONGEST)}`);
}
