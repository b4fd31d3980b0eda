// Asks the advisory feeds of NuGet and npm for known holes in what we use, of ours and of what that brings along.
// Ends with 0 when both were asked and know none, 1 when one knows any, 2 when none is known and a feed could not be asked.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE = 180_000;
const LARGEST = 64 * 1024 * 1024;

/** What a command prints, whether it ends well or not. */
async function outputOf(command, args, folder) {
  try {
    return (await run(command, args, { cwd: folder, timeout: PATIENCE, maxBuffer: LARGEST })).stdout;
  } catch (problem) {
    return problem.stdout ?? '';
  }
}

/** Without this resource a source has nothing to say, and asking it would find no holes whatever there are. */
async function offersAdvisories(source) {
  try {
    const index = await (await fetch(source, { signal: AbortSignal.timeout(30_000) })).json();
    return index.resources.some((resource) => resource['@type'].startsWith('VulnerabilityInfo/'));
  } catch {
    return false;
  }
}

/** Names of packages with holes; null when nobody could be asked. */
async function nuget() {
  const listed = await outputOf('dotnet', ['nuget', 'list', 'source', '--format', 'short'], root);
  const sources = [...listed.matchAll(/^E\s+(https?:\S+)/gm)].map((match) => match[1]);
  if (!(await Promise.all(sources.map(offersAdvisories))).some(Boolean)) return null;
  const report = await outputOf('dotnet', ['list', 'InboxGate.sln', 'package', '--vulnerable', '--include-transitive', '--format', 'json'], root);
  if (!report.startsWith('{')) return null;
  const packages = JSON.parse(report).projects.flatMap((project) => project.frameworks ?? [])
    .flatMap((framework) => [...(framework.topLevelPackages ?? []), ...(framework.transitivePackages ?? [])]);
  return [...new Set(packages.flatMap((one) => one.vulnerabilities.map((hole) => `${one.id} ${one.resolvedVersion}: ${hole.severity}, ${hole.advisoryurl}`)))];
}

/** The same of npm. */
async function npm() {
  const report = await outputOf('npm', ['audit', '--json'], `${root}/src/InboxGate.Pane`);
  if (!report.startsWith('{')) return null;
  const { vulnerabilities } = JSON.parse(report);
  return vulnerabilities ? Object.values(vulnerabilities).map((one) => `${one.name} ${one.range}: ${one.severity}`) : null;
}

const found = { 'NuGet packages': await nuget(), 'npm packages': await npm() };
for (const [what, holes] of Object.entries(found)) {
  console.log(`${what}: ${holes === null ? 'unchecked, no advisory feed can be reached' : holes.length === 0 ? 'none known' : ''}`);
  for (const hole of holes ?? []) console.log(`  ${hole}`);
}
const all = Object.values(found);
process.exitCode = all.some((holes) => holes?.length > 0) ? 1 : all.includes(null) ? 2 : 0;
