import { defineMessages } from "@/shared/i18n/catalogue";

/** How long the groups that need a look may take. */
export const paceMessages = defineMessages({
  en: { about: "about {time}", lookAt: { one: "Look at {count}", other: "Look at {count}" } },
  sv: { about: "ungefär {time}", lookAt: { one: "Titta på {count}", other: "Titta på {count}" } },
});
