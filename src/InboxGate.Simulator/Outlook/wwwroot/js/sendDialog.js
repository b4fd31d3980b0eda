// The dialog of a Smart Alert: what the add-in says, and what the sender may do about it.

const $ = (id) => document.getElementById(id);

/**
 * @param choices [{ id, label, main? }]; the last is also the answer when the dialog is closed otherwise
 * @param gone ends the dialog without an answer, as when what was waited for has come
 */
export function askSender({ title, icon, message, choices, gone }) {
  const dialog = $('send-dialog');
  $('send-dialog-title').textContent = title;
  $('send-dialog-text').textContent = message;
  $('send-dialog-icon').replaceChildren(...(icon ? [icon] : []));
  return new Promise((resolve) => {
    const answer = (id) => {
      dialog.onclose = null;
      dialog.close();
      resolve(id);
    };
    $('send-dialog-choices').replaceChildren(...choices.map(({ id, label, main }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = main ? 'main' : 'plain';
      button.dataset.testid = id;
      button.textContent = label;
      button.addEventListener('click', () => answer(id));
      return button;
    }));
    $('send-dialog-close').onclick = () => answer('closed');
    dialog.onclose = () => answer('closed');
    gone?.then(() => answer(null));
    dialog.showModal();
    $('send-dialog-choices').querySelector('.main')?.focus();
  });
}
