import rules from "./file-rules.json";
import type { PickedFile } from "./picked-file";

/** Why a chosen file is not uploaded. */
export const REFUSAL_KINDS = [
  "empty",
  "large",
  "largeVideo",
  "misnamed",
  "picture",
  "video",
  "sound",
  "archive",
  "document",
  "other",
] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

type TakenKind = keyof typeof rules.taken;

/** The most bytes that the service takes. */
export type Limits = Readonly<Record<"photo_bytes" | "video_bytes", number>>;
export const NO_LIMITS: Limits = { photo_bytes: Number.POSITIVE_INFINITY, video_bytes: Number.POSITIVE_INFINITY };

/** What the file picker of a computer should offer. */
export const TAKEN_TYPES = [
  "image/*",
  "video/*",
  ...Object.values(rules.taken).flatMap((endings) => endings.map((ending) => `.${ending}`)),
].join(",");

const HEAD_BYTES = 512;

const kindsOf = <Kind extends string>(table: Record<Kind, string[]>) =>
  new Map(Object.entries<string[]>(table).flatMap(([kind, endings]) => endings.map((one) => [one, kind as Kind])));
const TAKEN = kindsOf<TakenKind>(rules.taken);
const REFUSED = kindsOf<keyof typeof rules.refused>(rules.refused);
const PASSED_OVER = new Set(rules.passedOver.names);

/** The ending of a name, in lower case and without its dot; empty if it has none. */
export function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
}

/** Whether a name is that of a sidecar or of a RAW file, which may belong to another file's shot. */
export function isBeside(path: string): "sidecar" | "raw" | null {
  const kind = TAKEN.get(endingOf(path));
  return kind === "sidecar" || kind === "raw" ? kind : null;
}

/** The same rules as `albums/passed_over.py`, and tested with the same cases. */
export function isPassedOver(path: string): boolean {
  const { endings, libraryEndings, originals } = rules.passedOver;
  const names = path.toLowerCase().split(/[/\\]/).filter(Boolean);
  const ends = (name: string, list: readonly string[]) => list.some((ending) => name.endsWith(ending));
  return names.some((name, index) => {
    const inside = names[index + 1];
    return (
      name.startsWith(".") ||
      PASSED_OVER.has(name) ||
      ends(name, endings) ||
      (inside !== undefined && ends(name, libraryEndings) && !originals.includes(inside))
    );
  });
}

/** Why the service would refuse the file, as far as its name and its first bytes tell; null if it may take it. */
export async function refusalOf({ file, path }: PickedFile, limits: Limits): Promise<RefusalKind | null> {
  const ending = endingOf(path);
  const taken = TAKEN.get(ending);
  const isPhoto = taken === "photo" || taken === "raw";
  if (file.size === 0) return "empty";
  const refused = REFUSED.get(ending);
  if (refused) return refused;
  if (isPhoto && file.size > limits.photo_bytes) return "large";
  if (taken === "video" && file.size > limits.video_bytes) return "largeVideo";
  // The bytes of films and sidecars do not tell enough.
  if (taken && !isPhoto) return null;
  const head = await headOf(file);
  if (begins(head, rules.photoBytes)) return null;
  if (begins(head, rules.refusedBytes) || beginsAsText(head)) return taken ? "misnamed" : "other";
  if (taken || /^(image|video)\//.test(file.type)) return null;
  return file.type.startsWith("audio/") ? "sound" : "other";
}

/** Empty where the file cannot be read: the upload will say so. */
async function headOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}

function begins(head: Uint8Array, marks: readonly { offset: number; hex: string }[]): boolean {
  const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return marks.some((mark) => hex.startsWith(mark.hex, 2 * mark.offset));
}

function beginsAsText(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head).trimStart().toLowerCase();
  return rules.refusedTexts.some((mark) => text.startsWith(mark));
}
