import { useLanguage } from "@/shared/i18n/language-context";
import { type Language, LANGUAGES } from "@/shared/i18n/languages";
import { perLanguage } from "@/shared/i18n/per-language";
import { translator } from "@/shared/i18n/texts";

import type { Place } from "../model/places";

/** Made once: formats of dates take long to make. */
const wordsIn = perLanguage(placeWords);

/** Texts about days and hours. What cameras write is wall-clock time, so no zone changes it. */
export function usePlaceWords() {
  const { language } = useLanguage();
  return wordsIn(language);
}

function placeWords(language: Language) {
  const t = translator("review-find", language);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(LANGUAGES[language].locale, options);
    // At noon, the day is the same in every zone and on the days when clocks change.
    return (day: string) => formatter.format(new Date(`${day}T12:00:00`));
  };
  const short = format({ day: "numeric", month: "short" });
  const withWeekday = format({ weekday: "short", day: "numeric", month: "short" });
  const withYear = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const full = format({ dateStyle: "full" });
  const month = format({ month: "long", year: "numeric" });
  return {
    /** A label of the rail: a year, a day or an hour. */
    short: ({ level, day, hour }: Place, years: boolean) => {
      if (level === "hour") return `${hour}:00`;
      return years && level === "year" ? day.slice(0, 4) : short(day);
    },
    hour: ({ level, hour }: Place) => (level === "untimed" || level === "shelf" ? t(level) : `${hour}:00`),
    dayOf: ({ level, day }: Place) => (level === "untimed" || level === "shelf" ? t(level) : withWeekday(day)),
    fullDay: full,
    month: (start: string) => month(`${start}-01`),
    /** When a row of the list was taken. */
    moment: (time: string | null, isShelf: boolean, years: boolean) => {
      if (time === null) return t(isShelf ? "shelf" : "untimed");
      const day = (years ? withYear : withWeekday)(time.slice(0, 10));
      return time.length > 10 ? `${day}, ${time.slice(11, 16)}` : day;
    },
  };
}
