// Tells the managers' page where the words of each language are, so that they come beside its script and not after it.
export function teamWords() {
  return {
    name: 'team-words',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle)
        .map(({ facadeModuleId, fileName }) => [/\/src\/team\/words\/([a-z]+)\.ts$/.exec(facadeModuleId ?? '')?.[1], `/${fileName}`])
        .filter(([language]) => language);
      if (!files.some(([language]) => language === 'en')) throw new Error('There is no script with the English words.');
      for (const page of Object.values(bundle)) {
        if (page.fileName.endsWith('.html')) page.source = page.source.replace('__TEAM_WORDS__', () => JSON.stringify(Object.fromEntries(files)));
      }
    },
  };
}
