import { defineMessages } from "@/shared/i18n/catalogue";

export const noticeMessages = defineMessages({
  en: {
    ask: "Tell me when it is done",
    askText: "Your browser shows a notification, as long as this tab stays open.",
    blocked: "Your browser does not let this page show notifications. Its settings for this page can allow them.",
    ready: "{name} is ready",
    readyText: "Your photos are grouped, and the best are picked.",
    failedText: "Your photos are here, but could not be grouped.",
  },
  sv: {
    ask: "Säg till när det är klart",
    askText: "Webbläsaren visar en avisering, så länge fliken är öppen.",
    blocked: "Webbläsaren låter inte sidan visa aviseringar. Det går att ändra i dess inställningar för sidan.",
    ready: "{name} är klart",
    readyText: "Bilderna är grupperade och de bästa är valda.",
    failedText: "Bilderna finns här, men kunde inte grupperas.",
  },
});
