// Each language's tables are told by their names: words-de, later-words-de.
export function chunkFileNames({ name, facadeModuleId }) {
  const [, part = '', language] = /\/src\/([a-z/]+\/)?words\/([a-z]+)\.ts$/.exec(facadeModuleId ?? '') ?? [];
  return `assets/${language ? `${part.replaceAll('/', '-')}words-${language}` : name}-[hash].js`;
}
