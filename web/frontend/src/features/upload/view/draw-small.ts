/** In pixels of the screen. */
const WIDTH = 320;
let before: Promise<unknown> = Promise.resolve();

/**
 * Draw a picture file small into a canvas, one file after the other: a photo decoded in full takes 100 MB.
 *
 * Nothing of it stays but the canvas. Resolves to whether it was drawn: browsers cannot read every format.
 */
export function drawSmall(file: File, canvas: () => HTMLCanvasElement | null, stop: AbortSignal): Promise<boolean> {
  const drawn = before.then(() => (stop.aborted ? false : draw(file, canvas)));
  before = drawn;
  return drawn;
}

async function draw(file: File, canvas: () => HTMLCanvasElement | null): Promise<boolean> {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: WIDTH, resizeQuality: "medium" });
    const onto = canvas();
    if (onto) {
      onto.width = picture.width;
      onto.height = picture.height;
      onto.getContext("2d")?.drawImage(picture, 0, 0);
    }
    picture.close();
    return onto !== null;
  } catch {
    return false;
  }
}
