// The gallery of the pane's states, for the tests and for whoever wants to look: `npm run gallery`.
import { defineConfig } from 'vite';
import { fluentTokens } from './build/fluentTokens.mjs';

export default defineConfig({
  root: 'gallery',
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fluentTokens()],
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, minify: false },
});
