import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

// Told apart by more than the hue: bars carry a gap and an order, lines their own symbol and dash.
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'];
const dashes = ['solid', [6, 3], [2, 3], [8, 3, 2, 3], 'solid', [6, 3]];

function tip(points, model) {
  const box = document.createElement('div');
  box.className = 't-tip';
  const title = document.createElement('strong');
  title.textContent = points[0].name;
  box.append(title);
  for (const p of points) {
    const cell = model.series[p.seriesIndex].points[p.dataIndex];
    if (cell.value === null) continue;
    const row = document.createElement('div');
    const mark = document.createElement('i');
    mark.className = `t-tip-${(p.seriesIndex % 6) + 1}`;
    const name = document.createElement('span');
    name.textContent = p.seriesName;
    const value = document.createElement('b');
    value.textContent = cell.text;
    row.append(mark, name, value);
    box.append(row);
  }
  return box;
}

export function chart(host, model, { type, unit, lang }) {
  const css = getComputedStyle(document.documentElement);
  const v = name => css.getPropertyValue(name).trim();
  const palette = [1, 2, 3, 4, 5, 6].map(i => v(`--t-chart-${i}`));
  // A unit of three capitals is a currency.
  const money = /^[A-Z]{3}$/.test(unit ?? '') ? { style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0 } : {};
  const short = new Intl.NumberFormat(lang || undefined, { notation: 'compact', maximumFractionDigits: 1, ...money });
  const label = { color: v('--t-ink-2'), fontFamily: v('--t-font'), fontSize: 12 };
  const narrow = host.clientWidth < 480;
  const lying = type === 'rows';
  const many = model.series.length > 1;
  const category = {
    type: 'category', data: model.labels, inverse: lying, boundaryGap: type !== 'line',
    axisTick: { show: false }, axisLine: { lineStyle: { color: v('--t-line-strong') } },
    axisLabel: { ...label, hideOverlap: true, interval: lying ? 0 : 'auto', width: lying ? (narrow ? 96 : 160) : undefined, overflow: lying ? 'truncate' : undefined },
  };
  const value = {
    type: 'value', splitNumber: narrow ? 3 : 4, splitLine: { lineStyle: { color: v('--t-line') } },
    axisLabel: { ...label, formatter: n => short.format(n) + (unit === '%' ? ' %' : '') },
  };
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const drawn = init(host, null, { renderer: 'canvas' });
  drawn.setOption({
    animation: !still, animationDuration: 300, color: palette, textStyle: { fontFamily: v('--t-font') },
    grid: { left: 4, right: 12, top: many ? 40 : 14, bottom: 4, containLabel: true },
    legend: many ? { top: 0, left: 0, icon: type === 'line' ? undefined : 'roundRect', itemWidth: type === 'line' ? 22 : 10, itemHeight: 10, itemGap: 16, textStyle: label, type: 'scroll', inactiveColor: v('--t-ink-3'), pageTextStyle: label } : undefined,
    tooltip: {
      trigger: 'axis', confine: true, axisPointer: { type: type === 'line' ? 'line' : 'shadow', lineStyle: { color: v('--t-line-strong') }, shadowStyle: { color: v('--t-chart-shade') } },
      backgroundColor: v('--t-raised'), borderColor: v('--t-line'), textStyle: { color: v('--t-ink'), fontFamily: v('--t-font'), fontSize: 13 }, padding: [8, 12],
      formatter: points => tip(points, model),
    },
    xAxis: lying ? value : category, yAxis: lying ? category : value,
    series: model.series.map((s, i) => ({
      name: s.name, data: s.points.map(p => p.value),
      ...(type === 'line'
        ? { type: 'line', symbol: symbols[i % 6], symbolSize: 7, showSymbol: model.labels.length <= 31, lineStyle: { width: 2.25, type: dashes[i % 6] }, connectNulls: false, areaStyle: many ? undefined : { opacity: 0.08 } }
        : { type: 'bar', stack: type === 'stacked' ? 'all' : undefined, barMaxWidth: lying ? 22 : 40, barGap: '12%', cursor: s.points.some(p => p.href) ? 'pointer' : 'default',
            itemStyle: { borderRadius: type === 'stacked' ? 0 : lying ? [0, 4, 4, 0] : [4, 4, 0, 0], borderColor: v('--t-surface'), borderWidth: type === 'stacked' ? 1 : 0 } }),
    })),
  });
  drawn.on('click', p => {
    const href = model.series[p.seriesIndex]?.points[p.dataIndex]?.href;
    if (href) (window.Turbo ?? { visit: to => location.assign(to) }).visit(href);
  });
  return drawn;
}
