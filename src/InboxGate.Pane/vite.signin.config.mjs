// Builds the page that sign-in comes back to by itself: a script that it shared with the pane would start the pane in it.
import { defineConfig } from 'vite';
import { compactPages } from './build/compactPages.mjs';
import { precompress } from './build/precompress.mjs';

export default defineConfig({
  base: '/',
  plugins: [compactPages(), precompress()],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    modulePreload: false,
    // The pane is there already.
    emptyOutDir: false,
    chunkSizeWarningLimit: 400,
    rolldownOptions: { input: 'signin.html' },
  },
});
