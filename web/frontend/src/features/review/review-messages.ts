import { defineMessages } from "@/shared/i18n/catalogue";

export const reviewMessages = defineMessages({
  en: {
    title: "Review",
    groups: "Groups",
    singles: "Photos without others like them",
    empty: "There are no groups yet",
    emptyText: "They appear as soon as the analysis of the uploaded photos is done.",
    photos: { one: "{count} photo", other: "{count} photos" },
    noClearWinner: "No clear winner",
    picked: "Picked",
    pickedNamed: "{name}, picked",
    more: "Show more",
  },
  sv: {
    title: "Granska",
    groups: "Grupper",
    singles: "Bilder utan andra som liknar dem",
    empty: "Det finns inga grupper än",
    emptyText: "De visas så snart analysen av de uppladdade bilderna är klar.",
    photos: { one: "{count} bild", other: "{count} bilder" },
    noClearWinner: "Ingen klar vinnare",
    picked: "Vald",
    pickedNamed: "{name}, vald",
    more: "Visa fler",
  },
});
