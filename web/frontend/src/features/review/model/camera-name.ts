/** A camera as people call it. Some makers write their company before it: "NIKON CORPORATION NIKON D3200". */
export function cameraName(camera: string): string {
  const [maker = ""] = camera.split(" ");
  const again = camera.toLowerCase().indexOf(` ${maker.toLowerCase()} `, maker.length);
  return maker && again > 0 ? camera.slice(again + 1) : camera;
}
