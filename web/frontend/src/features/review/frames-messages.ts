import { defineMessages } from "@/shared/i18n/catalogue";

/** Photos that are taken from a video. */
export const framesMessages = defineMessages({
  en: {
    find: "Find photos in this video",
    again: "Find photos again",
    working: "Looking for the best moments …",
    found: { one: "{count} photo taken from this video", other: "{count} photos taken from this video" },
    none: "No moment of this video is sharp enough for a photo.",
    part: "Only the first {length} could be searched: the video is very large.",
    noRoom: "There is no room for more photos. Delete some, then try again.",
    unreadable: "The video is damaged or missing, so no photos can be taken from it.",
    failed: "No photos could be taken from this video.",
    fromVideo: "From a video",
  },
  sv: {
    find: "Hitta bilder i videon",
    again: "Hitta bilder igen",
    working: "Letar efter de bästa ögonblicken …",
    found: { one: "{count} bild tagen ur videon", other: "{count} bilder tagna ur videon" },
    none: "Inget ögonblick i videon är skarpt nog för en bild.",
    part: "Bara de första {length} kunde genomsökas: videon är mycket stor.",
    noRoom: "Det finns inte plats för fler bilder. Radera några och försök igen.",
    unreadable: "Videon är skadad eller saknas, så inga bilder kan tas ur den.",
    failed: "Det gick inte att ta bilder ur videon.",
    fromVideo: "Från en video",
  },
});
