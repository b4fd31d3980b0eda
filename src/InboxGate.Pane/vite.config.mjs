import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chunkFileNames } from './build/chunkNames.mjs';
import { compactPages } from './build/compactPages.mjs';
import { fluentTokens } from './build/fluentTokens.mjs';
import { inlineStyles } from './build/inlineStyles.mjs';
import { languages, pages } from './build/languages.mjs';
import { lazyImports } from './build/lazyImports.mjs';
import { precompress } from './build/precompress.mjs';

// Vitest prints failures with Map.groupBy, which Node has from 21 on.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

export default defineConfig({
  base: '/',
  // The part of msal that Outlook's own sign-in needs is a third of it; its package offers the whole only.
  resolve: { alias: { '#msal': fileURLToPath(new URL('node_modules/@azure/msal-browser/dist', import.meta.url)) } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fluentTokens(), lazyImports(), languages(), inlineStyles(), compactPages(), precompress()],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      input: pages(),
      output: {
        // One script for all that is needed up front compresses better than several.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'pane', test: /preload-helper|node_modules\/preact\/|InboxGate\.Pane\/src\/((views|words\/counting)\b|(?!screen|windows|question|bar\b|ticket|theme|hub)[a-zA-Z]+\.tsx?$)/ }],
        },
        chunkFileNames,
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.{ts,tsx,mjs}'],
    setupFiles: ['tests/speak.ts'],
    restoreMocks: true,
  },
});
