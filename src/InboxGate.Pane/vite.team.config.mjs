// Builds the managers' page by itself: a script that it shared with the pane would start the pane in it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chunkFileNames } from './build/chunkNames.mjs';
import { compactPages } from './build/compactPages.mjs';
import { fluentTokens } from './build/fluentTokens.mjs';
import { inlineStyles } from './build/inlineStyles.mjs';
import { lazyImports } from './build/lazyImports.mjs';
import { precompress } from './build/precompress.mjs';
import { teamWords } from './build/teamWords.mjs';

export default defineConfig({
  base: '/',
  resolve: { alias: { '#msal': fileURLToPath(new URL('node_modules/@azure/msal-browser/dist', import.meta.url)) } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fluentTokens(), lazyImports(), inlineStyles(), teamWords(), compactPages(), precompress()],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The pane is there already.
    emptyOutDir: false,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      input: 'team.html',
      output: {
        chunkFileNames,
      },
    },
  },
});
