import { defineMessages } from "@/shared/i18n/catalogue";

export const comingMessages = defineMessages({
  en: {
    coming: { one: "{count} photo that is not grouped yet", other: "{count} photos that are not grouped yet" },
  },
  sv: {
    coming: { one: "{count} bild som inte är grupperad än", other: "{count} bilder som inte är grupperade än" },
  },
});
