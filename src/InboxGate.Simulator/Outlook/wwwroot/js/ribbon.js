// The add-in's buttons on a surface, in the groups that its manifest names.

const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? '' });

/** @param press what a button does; state(button) → { disabled, pressed, busy } */
export function drawRibbon(place, buttons, { press, state }) {
  place.replaceChildren(...buttons.map((button, number) => {
    const made = element('button', 'command');
    made.type = 'button';
    made.title = button.tip ?? button.label;
    made.dataset.command = button.id;
    made.dataset.testid = `command-${button.id}`;
    if (number === 0 && place.id === 'read-apps') made.id = 'open-pane';
    const address = button.icons[16] ?? Object.values(button.icons)[0];
    if (address) made.append(iconAt(address));
    made.append(element('span', '', button.label));
    made.addEventListener('click', () => press(button));
    return made;
  }));
  markRibbon(place, buttons, state);
}

export function markRibbon(place, buttons, state) {
  [...place.children].forEach((made, number) => {
    const { disabled, pressed, busy } = state(buttons[number]);
    made.disabled = disabled;
    made.ariaBusy = String(busy);
    if (buttons[number].action.pane) made.ariaPressed = String(pressed);
  });
}

export function iconAt(address) {
  const icon = element('img', 'icon');
  icon.alt = '';
  icon.src = address;
  icon.addEventListener('error', () => icon.remove());
  return icon;
}
