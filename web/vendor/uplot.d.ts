// The types of uplot.js, as far as our pictures use it.
type Align = number[] | Float64Array;

export interface Look {
  width: number;
  height: number;
  legend: { show: boolean };
  cursor: { show: boolean };
  padding?: [number, number, number, number];
  scales: Record<string, { time?: boolean; range: [number, number] }>;
  axes: object[];
  series: object[];
  hooks: { draw: ((chart: uPlot) => void)[] };
}

export default class uPlot {
  constructor(look: Look, numbers: Align[], into: HTMLElement);
  ctx: CanvasRenderingContext2D;
  bbox: { left: number; top: number; width: number; height: number };
  valToPos(value: number, scale: string, inCanvas?: boolean): number;
  setSize(size: { width: number; height: number }): void;
  redraw(): void;
  destroy(): void;
}
