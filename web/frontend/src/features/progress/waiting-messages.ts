import { defineMessages } from "@/shared/i18n/catalogue";

/** What happens to photos between the choice of the files and the review. */
export const waitingMessages = defineMessages({
  en: {
    uploading: "Uploading and analyzing your photos",
    analyzing: "Analyzing your photos",
    starting: "Waiting to start",
    grouping: "Grouping photos of the same moment",
    done: "Everything is ready",
    groupingFailed: "The photos could not be grouped",
    counted: { one: "{done} of {count} file analyzed", other: "{done} of {count} files analyzed" },
    groups: { one: "{count} group so far", other: "{count} groups so far" },
  },
  sv: {
    uploading: "Laddar upp och analyserar dina bilder",
    analyzing: "Analyserar dina bilder",
    starting: "Väntar på att börja",
    grouping: "Grupperar bilder av samma ögonblick",
    done: "Allt är klart",
    groupingFailed: "Bilderna kunde inte grupperas",
    counted: { one: "{done} av {count} fil analyserad", other: "{done} av {count} filer analyserade" },
    groups: { one: "{count} grupp hittills", other: "{count} grupper hittills" },
  },
});
