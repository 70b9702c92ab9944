// Figures over time, drawn by uPlot.

import uPlot from './uplot/uPlot.esm.js';
import { over } from './history.js';
import { element, make } from './elements.js';
import { clock, short, size } from './words.js';

const HEIGHT = 150;
const POWERS_OF_TWO = Array.from({ length: 50 }, (_, power) => 2 ** power);

/** @type {{title: string, kind: 'apps' | 'nodes', figure: string, words: (number: number) => string}[]} */
const PLOTS = [
  { title: 'Messages a second', kind: 'apps', figure: 'messageRate', words: short },
  { title: 'Bytes a second', kind: 'apps', figure: 'byteRate', words: size },
  { title: 'Ends of links', kind: 'apps', figure: 'linkEnds', words: short },
  { title: 'Addresses held', kind: 'apps', figure: 'addresses', words: short },
  { title: 'Failures a second', kind: 'apps', figure: 'failureRate', words: short },
  { title: 'Refused sockets a second', kind: 'nodes', figure: 'refusalRate', words: short },
  { title: 'Sockets', kind: 'nodes', figure: 'sockets', words: short },
  { title: 'Memory', kind: 'nodes', figure: 'memory', words: size },
];

const drawn = PLOTS.map(plot => ({ ...plot, box: make('div') }));
element.plots.append(...drawn.map(({ title, figure, box }) => make('figure', { 'data-figure': figure }, make('figcaption', {}, title), box)));

// A canvas knows no style sheet: what changes with it is drawn anew.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const plot of drawn)
    drop(plot);
  draw();
});
new ResizeObserver(() => {
  for (const { box, chart } of drawn)
    chart?.setSize({ width: widthOf(box), height: HEIGHT });
}).observe(element.plots);

/** Draws all that is known. */
export function draw() {
  for (const plot of drawn) {
    const { names, data } = over(plot.kind, plot.figure);
    if (plot.chart && names.join() === plot.names) {
      plot.chart.setData(data);
      continue;
    }
    drop(plot);
    plot.names = names.join();
    plot.chart = new uPlot(optionsOf(plot, names), data, plot.box);
  }
}

function drop(plot) {
  plot.chart?.destroy();
  plot.chart = undefined;
}

function optionsOf({ box, words }, names) {
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(name).trim();
  const axis = { stroke: color('--quiet'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
  return {
    width: widthOf(box),
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [
      { ...axis, values: '{HH}:{mm}:{ss}', space: 70, size: 30 },
      { ...axis, size: 66, values: (_, marks) => marks.map(words), ...(words === size ? { incrs: POWERS_OF_TWO } : {}) },
    ],
    series: [
      { label: 'Time', value: legend(seconds => clock(seconds * 1000)) },
      ...names.map((label, index) => ({
        label,
        stroke: color(`--series-${index % 6 + 1}`),
        width: 2,
        points: { show: false },
        value: legend(words),
      })),
    ],
  };
}

// The figure that is pointed at, or else the last.
function legend(words) {
  return (chart, value, series, index) => {
    const shown = index === null ? chart.data[series]?.at(-1) : value;
    return shown === null || shown === undefined ? '' : words(shown);
  };
}

function widthOf(box) {
  return Math.max(200, box.clientWidth);
}
