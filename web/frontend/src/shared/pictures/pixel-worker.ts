import { greyOf, type Marks, marksOf } from "./overlay";
import { sharpestPlace } from "./sharpest-place";

/** A part of a picture in shares of its sides. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type PixelQuestion =
  | { readonly about: "marks"; readonly url: string; readonly part: Part; readonly marks: Marks }
  | { readonly about: "sharpest"; readonly url: string };

/** With the bytes at the address: the policy of a worker's own file lets it load nothing. */
export type PixelRequest = PixelQuestion & { readonly id: number; readonly file: Blob };

export type PixelAnswer =
  | { readonly id: number; readonly marks: ImageBitmap }
  | { readonly id: number; readonly sharpest: { readonly x: number; readonly y: number } }
  | { readonly id: number; readonly failed: true };

/** Of the longer side of what is read: all of a preview, and a window of a large photo. */
const MOST = 2048;
/** Enough to find the sharpest place by: what thumbnails have. */
const TO_FIND = 512;

/** The picture that was read last: one at most, because a large photo takes a hundred megabytes. */
let held: { readonly url: string; readonly picture: Promise<ImageBitmap> } | null = null;

self.addEventListener("message", ({ data }: MessageEvent<PixelRequest>) => {
  answer(data).then(
    ([reply, transfer]) => self.postMessage(reply, { transfer }),
    () => self.postMessage({ id: data.id, failed: true } satisfies PixelAnswer),
  );
});

async function answer(request: PixelRequest): Promise<[PixelAnswer, Transferable[]]> {
  const { id, url, file } = request;
  if (request.about === "sharpest") {
    const picture = await createImageBitmap(file);
    const { pixels, width, height } = pixelsOf(picture, { x: 0, y: 0, width: 1, height: 1 }, TO_FIND);
    picture.close();
    return [{ id, sharpest: sharpestPlace(greyOf(pixels), width, height) }, []];
  }
  const { pixels, width, height } = pixelsOf(await hold(url, file), request.part, MOST);
  const marks = await createImageBitmap(new ImageData(marksOf(pixels, width, height, request.marks), width, height));
  return [{ id, marks }, [marks]];
}

async function hold(url: string, file: Blob): Promise<ImageBitmap> {
  if (held?.url !== url) {
    void held?.picture.then((picture) => picture.close()).catch(() => undefined);
    const made = { url, picture: createImageBitmap(file) };
    held = made;
    made.picture.catch(() => {
      if (held === made) held = null;
    });
  }
  return held.picture;
}

function pixelsOf(picture: ImageBitmap, part: Part, most: number) {
  const [partWidth, partHeight] = [part.width * picture.width, part.height * picture.height];
  const scale = Math.min(1, most / Math.max(partWidth, partHeight));
  const width = Math.max(1, Math.round(partWidth * scale));
  const height = Math.max(1, Math.round(partHeight * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  const [left, top] = [part.x * picture.width, part.y * picture.height];
  context.drawImage(picture, left, top, partWidth, partHeight, 0, 0, width, height);
  return { pixels: context.getImageData(0, 0, width, height).data, width, height };
}
