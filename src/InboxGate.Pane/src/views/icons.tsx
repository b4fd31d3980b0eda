const paths: Record<string, string> = {
  kept: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  missed: 'M4 8h8',
  next: 'M6 4l4 4-4 4',
};

/** A checkpoint's state as a shape, so that colour is never the only signal. */
export function Mark({ of }: { of: string }) {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      {paths[of] ? <path d={paths[of]} /> : <circle cx="8" cy="8" r="2" />}
    </svg>
  );
}

export function Phone() {
  return (
    <svg class="phone" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M6.6 2.6 8 6.1 6.2 7.7a10 10 0 0 0 6.1 6.1l1.6-1.8 3.5 1.4c-.2 2.4-1.6 4-3.6 4C8 17.4 2.6 12 2.6 6.2c0-2 1.6-3.4 4-3.6Z" />
    </svg>
  );
}
