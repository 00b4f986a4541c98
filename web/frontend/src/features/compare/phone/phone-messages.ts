import { defineMessages } from "@/shared/i18n/catalogue";

export const phoneMessages = defineMessages({
  en: {
    one: "One photo at a time",
    two: "Two photos",
    more: "More tools",
    strip: "Photos to compare: press one to see it",
    see: "See {name}",
    kept: "Kept",
  },
  sv: {
    one: "En bild i taget",
    two: "Två bilder",
    more: "Fler verktyg",
    strip: "Bilder att jämföra: tryck på en för att se den",
    see: "Visa {name}",
    kept: "Behålls",
  },
});
