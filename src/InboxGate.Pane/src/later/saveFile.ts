/** Puts a file where the browser puts downloads: a plain link could not carry the token that fetched it. */
export function saveFile(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The click has taken hold of it by the time this task ends.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
