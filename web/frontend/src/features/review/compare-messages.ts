import { defineMessages } from "@/shared/i18n/catalogue";

export const compareMessages = defineMessages({
  en: { compareNamed: "Compare the group at {time}" },
  sv: { compareNamed: "Jämför gruppen från {time}" },
});
