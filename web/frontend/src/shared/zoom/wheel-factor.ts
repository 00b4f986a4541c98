/** The factor by which a turn of the wheel zooms. A pinch on a trackpad comes as a wheel with the control key. */
export function wheelFactor(event: { deltaY: number; deltaMode: number; ctrlKey: boolean }): number {
  const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 16;
  return Math.exp(-Math.min(240, Math.max(-240, pixels)) * (event.ctrlKey ? 0.01 : 0.0025));
}
