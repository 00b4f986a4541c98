import type { PhotoDetail } from "@/shared/api/schema-types";
import { type Language, LANGUAGES } from "@/shared/i18n/languages";
import type { Translate } from "@/shared/i18n/texts";
import { typeName } from "@/shared/pictures/picture-types";

import { cameraName } from "./camera-name";

type Words = Translate<"review-large">;
type Known = Pick<
  PhotoDetail,
  "description" | "capture" | "camera" | "timeline_at" | "width" | "height" | "byte_size" | "content_type"
>;

export type Fact = readonly [about: "description" | "exposure" | "lens" | "camera" | "taken" | "file", text: string];

/** From here on, cameras write times as decimals: 0.3 s, and 1/4 s before that. */
const LONG_EXPOSURE = 0.29;
/** Lenses for the full frame have themselves as their equivalent, rounded. */
const SAME_FOCAL = 1.5;

/** What the file says of the shot, in a photographer's words. What is unknown is left out. */
export function factsOf(photo: Known, t: Words, language: Language): Fact[] {
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(LANGUAGES[language].locale, { maximumFractionDigits: digits }).format(value);
  const { exposure_time: time, f_number: aperture, iso, exposure_bias: bias, lens_model: lens } = photo.capture;
  const { focal_length: focal, focal_length_35mm: equivalent } = photo.capture;
  const exposure = [
    time && t("seconds", { number: time < LONG_EXPOSURE ? `1/${Math.round(1 / time)}` : number(time, 1) }),
    aperture && t("aperture", { number: number(aperture, aperture < 10 ? 1 : 0) }),
    iso && t("iso", { number: String(Math.round(iso)) }),
    focal &&
      (equivalent && Math.abs(equivalent - focal) > SAME_FOCAL
        ? t("focalAs", { number: number(focal, 1), equivalent: number(equivalent) })
        : t("focal", { number: number(focal, 1) })),
    bias && Math.abs(bias) >= 0.05 && t("bias", { number: `${bias > 0 ? "+" : "−"}${number(Math.abs(bias), 1)}` }),
  ];
  const { width, height } = photo;
  const megapixels = width && height ? (width * height) / 1e6 : 0;
  const file = [
    width && height && t("size", { width: String(width), height: String(height) }),
    megapixels > 0 && t("megapixels", { number: number(megapixels, megapixels < 10 ? 1 : 0) }),
    t("megabytes", { number: number(photo.byte_size / 1e6, photo.byte_size < 1e7 ? 1 : 0) }),
    typeName(photo.content_type),
  ];
  const facts: Fact[] = [
    ["description", photo.description],
    ["exposure", listed(exposure)],
    ["lens", lens ?? ""],
    ["camera", cameraName(photo.camera)],
    ["taken", photo.timeline_at ? timeOf(photo.timeline_at, language) : ""],
    ["file", listed(file)],
  ];
  return facts.filter(([, text]) => text);
}

function listed(parts: readonly (string | number | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

/** A clock's time at the place, so no zone counts. */
function timeOf(taken: string, language: Language): string {
  const format = new Intl.DateTimeFormat(LANGUAGES[language].locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: "UTC",
  });
  return format.format(new Date(`${taken.slice(0, 19)}Z`));
}
