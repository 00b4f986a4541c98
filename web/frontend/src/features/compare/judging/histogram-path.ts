/** A lone peak, such as a white sky, may not press all else flat. */
const CAP_BY_MEAN = 5;

/** The outline of a histogram as an SVG path that fills a box, the shares scaled to the highest of them. */
export function histogramPath(bins: readonly number[], width: number, height: number): string {
  const mean = bins.reduce((sum, share) => sum + share, 0) / Math.max(1, bins.length);
  const top = Math.min(Math.max(...bins, 0), mean * CAP_BY_MEAN);
  if (top === 0) return "";
  const step = width / bins.length;
  const levels = bins.map((share, index) => {
    const y = height * (1 - Math.min(1, share / top));
    return `L${round(index * step)} ${round(y)}H${round((index + 1) * step)}`;
  });
  return `M0 ${height}${levels.join("")}V${height}Z`;
}

const round = (value: number) => Math.round(value * 100) / 100;
