import { defineMessages } from "@/shared/i18n/catalogue";

export const downloadsMessages = defineMessages({
  en: {
    title: "Download",
    create: "Make a zip of the picked originals",
    none: "No zip has been made of this album.",
    queued: "Waiting to be built",
    building: "{written} of {total} photos packed",
    failed: "It could not be built. {message}",
    expired: "Removed after its days of grace",
    ready: "{size} · {count} photos · kept until {date}",
    download: "Download",
    downloadNamed: "Download {name}",
  },
  sv: {
    title: "Ladda ner",
    create: "Skapa en zip av de valda originalen",
    none: "Ingen zip har skapats av albumet.",
    queued: "Väntar på att byggas",
    building: "{written} av {total} bilder packade",
    failed: "Den kunde inte byggas. {message}",
    expired: "Borttagen när tiden gått ut",
    ready: "{size} · {count} bilder · finns till {date}",
    download: "Ladda ner",
    downloadNamed: "Ladda ner {name}",
  },
});
