import { defineMessages } from "@/shared/i18n/catalogue";

export const installMessages = defineMessages({
  en: { install: "Install as an app" },
  sv: { install: "Installera som app" },
});
