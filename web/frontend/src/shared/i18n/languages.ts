/** Each language: its name in itself, the locale that numbers and dates are written in, and its texts. */
export const LANGUAGES = {
  // Most readers of English write dates day first, and use a 24-hour clock.
  en: { name: "English", locale: "en-GB", texts: () => import("@/locales/en") },
  sv: { name: "Svenska", locale: "sv-SE", texts: () => import("@/locales/sv") },
} as const;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];
