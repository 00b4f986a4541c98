const SIDECARS = new Set(["XMP", "AAE", "THM", "JSON"]);
/** A Pixel numbers the two files of a RAW shot: .RAW-01.COVER.jpg and .RAW-02.ORIGINAL.dng. Neither is edited. */
const PIXEL_RAW = /\.raw-\d\d\b.*/;
const FILMS = new Set(["MOV", "MP4"]);

/**
 * What a photo's other files are, in a word or two: "+ NEF" for DSC1.JPG with DSC1.NEF, "edited + XMP" for IMG_E1.JPG
 * with its original and IMG_1.xmp, "Live" for IMG_1.HEIC with its film.
 */
export function companionKinds(names: readonly string[], shown: string, edited: string): string {
  const others = names.map(parts);
  const own = parts(shown);
  const stills = others.filter(({ ending }) => !FILMS.has(ending));
  const originals = stills.filter(({ stem, ending }) => stem !== own.stem && !SIDECARS.has(ending));
  const kinds = stills.filter((other) => !originals.includes(other) || other.ending !== own.ending);
  const endings = [...new Set(kinds.map(({ ending }) => `+ ${ending}`))];
  const isLive = !FILMS.has(own.ending) && stills.length < others.length;
  return [...(isLive ? ["Live"] : []), ...(originals.length > 0 ? [edited] : []), ...endings].join(" ");
}

function parts(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf(".");
  const stem = name.slice(0, dot).normalize("NFC").toLowerCase();
  return { stem: stem.replace(PIXEL_RAW, ""), ending: name.slice(dot + 1).toUpperCase() };
}
