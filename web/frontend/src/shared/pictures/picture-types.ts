/** The types of picture that every browser shows. */
const SHOWN_BY_ALL: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
  "image/bmp",
]);
/** Types that Safari shows and others do not. Which this browser is, is found out with the first such original. */
const SHOWN_BY_SOME: ReadonlySet<string> = new Set(["image/heic", "image/heif"]);

const refused = new Set<string>();

/** Whether it is worth asking for an original of this type. What is not, or was refused before, keeps its preview. */
export function mayBeShown(contentType: string): boolean {
  return SHOWN_BY_ALL.has(contentType) || (SHOWN_BY_SOME.has(contentType) && !refused.has(contentType));
}

/** Note that an original did not load. True if its type is the cause; originals of that type are then not tried again. */
export function noteRefusal(contentType: string): boolean {
  if (SHOWN_BY_SOME.has(contentType)) refused.add(contentType);
  return !mayBeShown(contentType);
}

/** What people call the type: HEIC of image/heic, CR2 of image/x-canon-cr2. */
export function typeName(contentType: string): string {
  if (contentType === "image/x-dcraw") return "RAW";
  const subtype = contentType.slice(contentType.indexOf("/") + 1);
  return (subtype.startsWith("x-") ? subtype.slice(subtype.lastIndexOf("-") + 1) : subtype).toUpperCase();
}
