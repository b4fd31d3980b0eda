// Tells the server what a page needs of each language before its script has come: the words of the skeleton, and where
// the table of the rest is, with what that imports. English stands first: it is for everybody whose language is not among them.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const pane = fileURLToPath(new URL('..', import.meta.url));

export function languages() {
  return {
    name: 'languages',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const tables = Object.values(bundle).filter((chunk) => /\/src\/words\/[a-z]+\.ts$/.test(chunk.facadeModuleId ?? '') && chunk.isDynamicEntry);
      const inPages = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.html')).map(({ source }) => source).join();
      const list = await Promise.all(tables.map(async ({ facadeModuleId, fileName, imports }) => {
        const { module } = await runnerImport(facadeModuleId, { root: pane, configFile: false, logLevel: 'error' });
        const { direction, today, callMade } = module.words;
        const scripts = [fileName, ...imports].filter((name) => !inPages.includes(name)).map((name) => `/${name}`);
        return { language: basename(facadeModuleId, '.ts'), direction, scripts, today, callMade };
      }));
      if (!list.some(({ language }) => language === 'en')) throw new Error('There is no script with the English words.');
      list.sort((a, b) => (b.language === 'en') - (a.language === 'en') || a.language.localeCompare(b.language));
      this.emitFile({ type: 'asset', fileName: 'languages.json', source: `${JSON.stringify(list, null, 2)}\n` });
    },
  };
}

const builtApart = ['commands.html', 'signin.html', 'team.html'];

/** The pages of the pane; the others are built with their own scripts (vite.events.config.mjs, vite.signin.config.mjs, vite.team.config.mjs). */
export const pages = () => readdirSync(pane).filter((name) => name.endsWith('.html') && !builtApart.includes(name)).map((name) => join(pane, name));
