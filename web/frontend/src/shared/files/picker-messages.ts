import { defineMessages } from "@/shared/i18n/catalogue";

export const pickerMessages = defineMessages({
  en: {
    choosePhotos: "Choose photos",
    chooseFiles: "Choose files",
    filesText: "Android's photo picker leaves out the place and the name of each photo. “Choose files” keeps them.",
    chooseFolder: "Choose a folder",
  },
  sv: {
    choosePhotos: "Välj bilder",
    chooseFiles: "Välj filer",
    filesText: "Androids bildväljare utelämnar bildernas plats och namn. ”Välj filer” behåller dem.",
    chooseFolder: "Välj en mapp",
  },
});
