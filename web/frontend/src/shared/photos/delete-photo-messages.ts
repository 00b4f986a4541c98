import { defineMessages } from "@/shared/i18n/catalogue";

export const deletePhotoMessages = defineMessages({
  en: {
    menu: "More about {name}",
    open: "Delete from the album…",
    title: "Delete {name}?",
    text: "The original is deleted from the album “{album}” for good, with its previews and all that is known about it. This cannot be undone.",
    together: { one: "{names} is deleted with it.", other: "{names} are deleted with it." },
    deleted: "{name} has been deleted.",
  },
  sv: {
    menu: "Mer om {name}",
    open: "Radera från albumet…",
    title: "Radera {name}?",
    text: "Originalet raderas för gott från albumet ”{album}”, med förhandsbilder och allt som är känt om det. Det går inte att ångra.",
    together: { one: "{names} raderas samtidigt.", other: "{names} raderas samtidigt." },
    deleted: "{name} har raderats.",
  },
});
