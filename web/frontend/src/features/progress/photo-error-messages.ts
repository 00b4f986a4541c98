import type { Language } from "@/shared/i18n/catalogue";

/**
 * Why a photo failed, by the codes of the analysis. In English the service's own sentence is shown, which knows more of
 * the file: what format it is, how much of it is missing. Codes without a text here are shown in English too.
 */
export const photoErrorTexts: Record<Exclude<Language, "en">, Readonly<Record<string, string>>> = {
  sv: {
    empty_file: "Filen är tom. Kopiera bilden igen från kameran eller kortet.",
    too_many_bytes: "Filen är större än tjänsten tillåter. Spara en mindre version och ladda upp den.",
    too_many_pixels: "Bilden har fler pixlar än tjänsten tillåter. Spara en mindre version och ladda upp den.",
    too_long: "Filmen är längre än tjänsten tillåter. Klipp den och ladda upp den del du vill ha.",
    not_an_image: "Det här är ingen bild som går att läsa här.",
    unsupported_format: "Det här filformatet kan inte läsas här. Spara bilden som JPEG och ladda upp den.",
    truncated: "Slutet av filen saknas. Kopiera den igen från kameran eller kortet.",
    corrupt: "Filen är skadad och går inte att läsa. Kopiera den igen, eller utelämna den.",
    object_missing: "Filen kom inte fram hel. Ladda upp den igen.",
    checksum_mismatch: "Filen kom inte fram hel. Ladda upp den igen.",
    out_of_memory: "Bilden behöver mer minne än tjänsten har. Ladda upp en mindre kopia.",
    too_slow: "Filen tog för lång tid att läsa. Spara en mindre kopia med ett annat program och ladda upp den.",
    stopped: "Den som driver tjänsten har stoppat analysen. Fråga varför, eller försök igen.",
    thumbnail_missing: "Bildens miniatyr saknas. Försök igen, så skapas den på nytt.",
    thumbnail_unreadable: "Bildens miniatyr är trasig. Försök igen, så skapas den på nytt.",
    not_a_sidecar: "Tjänsten förstår inte vad filen säger om en bild. Bilderna behöver den inte.",
    sidecar_without_photo:
      "Filen hör till en bild, men ingen bild i albumet har dess namn. Den sparas, och följer med bilden när du laddar upp den.",
    crashed:
      "Programmet som läser bilder kraschade på den här filen. Spara den igen med ett annat program och ladda upp kopian.",
  },
};
