// Themes and menus of the page.

const $ = (id) => document.getElementById(id);

/** What an add-in is told of each theme. */
const themes = {
  light: { bodyBackgroundColor: '#ffffff', bodyForegroundColor: '#242424', controlBackgroundColor: '#f0f0f0', controlForegroundColor: '#242424' },
  dark: { bodyBackgroundColor: '#292929', bodyForegroundColor: '#f2f2f2', controlBackgroundColor: '#1f1f1f', controlForegroundColor: '#f2f2f2' },
  forest: { bodyBackgroundColor: '#f2f8f3', bodyForegroundColor: '#14301d', controlBackgroundColor: '#d5e8d9', controlForegroundColor: '#14301d' },
};

export const themeColours = () => themes[document.documentElement.dataset.theme];

export const usualTheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

export function wearTheme(name) {
  document.documentElement.dataset.theme = Object.hasOwn(themes, name) ? name : usualTheme();
  $('theme').value = document.documentElement.dataset.theme;
}

/** @returns closes the menu, for a choice whose effect is to be seen at once */
export function menu(buttonId, menuId) {
  const button = $(buttonId);
  const box = $(menuId);
  const show = (open) => {
    box.hidden = !open;
    button.ariaExpanded = String(open);
  };
  button.addEventListener('click', () => show(box.hidden));
  document.addEventListener('click', (event) => {
    if (!box.contains(event.target) && !button.contains(event.target)) show(false);
  });
  box.parentElement.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.hidden) return;
    show(false);
    button.focus();
  });
  // A click into an add-in's frame is no click of this page.
  window.addEventListener('blur', () => show(false));
  return () => show(false);
}
