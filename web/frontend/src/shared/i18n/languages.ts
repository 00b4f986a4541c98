/** Each language: its name in itself, the locale that numbers and dates are written in, and its texts in sets. */
export const LANGUAGES = {
  // Most readers of English write dates day first, and use a 24-hour clock.
  en: {
    name: "English",
    locale: "en-GB",
    texts: {
      first: () => import("@/locales/en"),
      guest: () => import("@/locales/en/guest"),
      pages: () => import("@/locales/en/pages"),
    },
  },
  sv: {
    name: "Svenska",
    locale: "sv-SE",
    texts: {
      first: () => import("@/locales/sv"),
      guest: () => import("@/locales/sv/guest"),
      pages: () => import("@/locales/sv/pages"),
    },
  },
} as const;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];
