// Builds the scripts that Outlook starts: one file of plain statements beside the pane, and the page that loads it.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [page('commands.html'), ascii()],
  build: {
    target: 'es2016',
    // The pane is there already.
    emptyOutDir: false,
    // What compresses would bring back the operators that the sources avoid for old Outlooks.
    minify: false,
    rolldownOptions: {
      input: 'src/events/events.ts',
      output: { format: 'iife', entryFileNames: 'events.js', minify: { compress: false, mangle: true, codegen: { removeWhitespace: true } } },
    },
  },
});

/** Vite would want the scripts of a page to be modules. */
function page(fileName) {
  return {
    name: 'page',
    buildStart() {
      this.addWatchFile(fileName);
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName, 'utf8') });
    },
  };
}

/** Nothing says to the runtime without a page how the bytes of the file are to be read. */
function ascii() {
  return {
    name: 'ascii',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
      }
    },
  };
}
