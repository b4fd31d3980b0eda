// The only file that knows the chart library. Colours are those of the legend beside it, so that both follow every
// theme, forced colours included, by the style sheet alone.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, PointElement, type ChartDataset } from 'chart.js';
import { words } from '../../words';
import type { Bar, Look } from './figures';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement);

export interface Drawing {
  /** Puts one bar forward, or none. */
  pick(at: number | null): void;
  leave(): void;
}

export interface Colours { solid: string; hatched: string; outlined: string; goal: string; text: string; lines: string }

/** Null where nothing can be drawn: the table says the same. */
export function draw(canvas: HTMLCanvasElement, bars: readonly Bar[], colours: Colours, pointed: (at: number | null) => void): Drawing | null {
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  let picked: number | null = null;
  const fills: Record<Look, string | CanvasPattern> = { solid: colours.solid, hatched: hatching(pen, colours.hatched), outlined: 'transparent' };
  const lines: Record<Look, string> = colours;
  const layers = Math.max(1, ...bars.map(({ parts }) => parts.length));
  const style = getComputedStyle(canvas);
  const rightToLeft = style.direction === 'rtl';
  const widthOfEach = (chart: Chart) => (chart.chartArea?.width ?? 0) / Math.max(1, bars.length);

  const chart = new Chart(canvas, {
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        ...(bars.some(({ goal }) => goal) ? [goalMarks()] : []),
        ...Array.from({ length: layers }, (_, layer) => barsOf(layer)),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      locale: words.locale,
      interaction: { mode: 'index', intersect: false, axis: 'x' },
      onHover: (_event, found) => pointed(found[0]?.index ?? null),
      color: colours.text,
      font: { family: style.fontFamily, size: 11 },
      scales: {
        x: {
          stacked: true, reverse: rightToLeft, border: { color: colours.lines }, grid: { display: false },
          ticks: { color: colours.text, maxRotation: 0, autoSkipPadding: 8 },
        },
        y: {
          stacked: true, beginAtZero: true, position: rightToLeft ? 'right' : 'left', border: { display: false },
          grid: { color: colours.lines, drawTicks: false }, ticks: { color: colours.text, precision: 0, maxTicksLimit: 5 },
          suggestedMax: 4,
        },
      },
    },
  });

  return {
    pick(at) {
      picked = at;
      chart.update('none');
    },
    leave: () => chart.destroy(),
  };

  function barsOf(layer: number): ChartDataset {
    const partAt = (at: number) => bars[at]?.parts[layer];
    return {
      type: 'bar',
      data: bars.map((_, at) => partAt(at)?.amount ?? 0),
      stack: 'bars',
      backgroundColor: ({ dataIndex }) => fills[partAt(dataIndex)?.look ?? 'solid'],
      borderColor: ({ dataIndex }) => (dataIndex === picked ? colours.text : lines[partAt(dataIndex)?.look ?? 'solid']),
      borderWidth: ({ dataIndex, chart }) => (dataIndex === picked ? 2 : widthOfEach(chart) < 8 ? 0.5 : 1),
      borderRadius: ({ chart }) => (widthOfEach(chart) < 12 ? 0 : 2),
      maxBarThickness: 28,
    };
  }

  function goalMarks(): ChartDataset {
    const halfOf = (chart: Chart) => Math.max(2, Math.min(16, widthOfEach(chart) * 0.48));
    return {
      type: 'line',
      data: bars.map(({ goal }) => goal ?? null),
      stack: 'goal',
      showLine: false,
      pointStyle: 'line',
      pointBorderColor: colours.goal,
      pointBorderWidth: 2,
      pointRadius: ({ chart }) => halfOf(chart),
      pointHoverRadius: ({ chart }) => halfOf(chart),
    };
  }
}

/** Slanted lines, as the legend's: told from a full bar without its colour. */
function hatching(pen: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const side = 6;
  const tile = document.createElement('canvas');
  tile.width = tile.height = side;
  const line = tile.getContext('2d');
  if (!line) return 'transparent';
  line.strokeStyle = colour;
  line.lineWidth = 1.5;
  line.beginPath();
  // Over the corners too, so that the tiles meet.
  for (const from of [-side, 0, side]) {
    line.moveTo(from - 1, side + 1);
    line.lineTo(from + side + 1, -1);
  }
  line.stroke();
  return pen.createPattern(tile, 'repeat') ?? 'transparent';
}
