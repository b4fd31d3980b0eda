import type { Range } from './checkpoints';

interface SliderProps {
  label: string;
  /** The value in words. */
  said: string;
  value: number;
  range: Range;
  /** What the whole rail is, in the value's unit. */
  whole: number;
  step: number;
  leap: number;
  shown: string;
  change(value: number): void;
}

/** As in plan.css: at either end of the rail half of a handle has room. */
const handlePixels = 24;

/** A handle on a rail: moved by dragging, by arrow keys, by Page Up and Down, Home and End. Its parent is the rail. */
export function Slider({ label, said, value, range, whole, step, leap, shown, change }: SliderProps) {
  function press(event: KeyboardEvent) {
    const forward = directionOf(event.currentTarget as HTMLElement);
    const to = {
      ArrowRight: value + forward * step, ArrowLeft: value - forward * step, ArrowUp: value + step, ArrowDown: value - step,
      PageUp: value + leap, PageDown: value - leap, Home: range.least, End: range.most,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    change(to);
  }

  function hold(event: PointerEvent) {
    const handle = event.currentTarget as HTMLElement;
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  function drag(event: PointerEvent) {
    const handle = event.currentTarget as HTMLElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const rail = handle.parentElement!.getBoundingClientRect();
    const way = (directionOf(handle) > 0 ? event.clientX - rail.left : rail.right - event.clientX) - handlePixels / 2;
    change(Math.round(((way / Math.max(1, rail.width - handlePixels)) * whole) / step) * step);
  }

  return (
    <span
      class="handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      aria-valuenow={value}
      aria-valuetext={said}
      style={{ insetInlineStart: `calc(${handlePixels / 2}px + (100% - ${handlePixels}px) * ${Math.min(whole, value) / whole})` }}
      onKeyDown={press}
      onPointerDown={hold}
      onPointerMove={drag}
    >
      {shown}
    </span>
  );
}

const directionOf = (element: HTMLElement) => (getComputedStyle(element).direction === 'rtl' ? -1 : 1);
