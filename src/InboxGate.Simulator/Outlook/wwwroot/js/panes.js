// The task panes: one for reading, one for composing, each opened, pinned and closed by itself; one is on screen.

const $ = (id) => document.getElementById(id);

/** @param outlook mode(), draft(), runtimes, client, changed() */
export function createPanes({ addIn, client, runtimes, mode, draft, changed }) {
  const open = { read: null, compose: null };
  const pinned = { read: client.pinning, compose: false };
  let shown = null;

  function draw() {
    const wanted = open[mode()];
    const isSame = shown && wanted && shown.mode === mode() && shown.button === wanted.button && shown.runtime.draft === (draft() ?? undefined);
    if (!isSame) {
      shown?.runtime.stop();
      shown = wanted ? { mode: mode(), button: wanted.button, runtime: startPane(wanted) } : null;
    }
    const pins = client.pinning && wanted?.button.action.pinning;
    $('pane').hidden = !wanted;
    $('pin').hidden = !pins;
    $('pin').ariaPressed = String(pinned[mode()]);
    $('pin').textContent = pinned[mode()] ? 'Pinned' : 'Pin';
    changed();
  }

  function startPane({ button, context }) {
    const runtime = runtimes.start({
      kind: 'pane', address: button.action.pane, draft: draft() ?? undefined, context, multiSelect: button.action.multiSelect,
    }, $('frame-place'));
    runtime.frame.dataset.testid = 'pane';
    return runtime;
  }

  return {
    draw,
    isOpen: (button) => (button ? open[mode()]?.button.id === button.id : open[mode()] !== null),
    /** @param context what the pane may read as its initialization context */
    show(button, context) {
      const already = open[mode()]?.button.id === button.id;
      open[mode()] = { button, context };
      if (already && shown && context !== undefined) {
        shown.runtime.context = context;
        shown.runtime.tell('context', context);
      }
      draw();
    },
    hide() {
      open[mode()] = null;
      draw();
    },
    /** Starts the pane anew, as after a change that only a new page learns of. */
    reload() {
      shown?.runtime.stop();
      shown = null;
      draw();
    },
    togglePin() {
      pinned[mode()] = !pinned[mode()];
      draw();
    },
    /** What is not pinned ends with the mail that it was opened on. */
    left(which) {
      if (!(pinned[which] && open[which]?.button.action.pinning)) open[which] = null;
    },
  };
}
