import { defineMessages } from "@/shared/i18n/catalogue";

export const leftOutMessages = defineMessages({
  en: {
    title: { one: "{count} file is not uploaded", other: "{count} files are not uploaded" },
    empty: {
      one: "{count} empty file. Copying it may have failed.",
      other: "{count} empty files. Copying them may have failed.",
    },
    large: { one: "{count} photo larger than {limit}.", other: "{count} photos larger than {limit}." },
    largeVideo: { one: "{count} video larger than {limit}.", other: "{count} videos larger than {limit}." },
    misnamed: {
      one: "{count} file that is not what its name says, but for example a web page or an archive.",
      other: "{count} files that are not what their names say, but for example web pages or archives.",
    },
    picture: {
      one: "{count} file in a format that the service does not read ({endings}). Save it as JPEG to add it.",
      other: "{count} files in formats that the service does not read ({endings}). Save them as JPEG to add them.",
    },
    video: {
      one: "{count} video in a format that the service does not read ({endings}). Save it as MP4 to add it.",
      other: "{count} videos in formats that the service does not read ({endings}). Save them as MP4 to add them.",
    },
    sound: { one: "{count} sound recording.", other: "{count} sound recordings." },
    archive: {
      one: "{count} archive ({endings}). Unpack it and choose the photos in it.",
      other: "{count} archives ({endings}). Unpack them and choose the photos in them.",
    },
    document: { one: "{count} document ({endings}).", other: "{count} documents ({endings})." },
    other: {
      one: "{count} other file that is neither a photo nor a video.",
      other: "{count} other files that are neither photos nor videos.",
    },
    passedOver: {
      one: "Passed over: {count} file that a system keeps beside photos, such as a thumbnail or a deleted file.",
      other: "Passed over: {count} files that systems keep beside photos, such as thumbnails and deleted files.",
    },
  },
  sv: {
    title: { one: "{count} fil laddas inte upp", other: "{count} filer laddas inte upp" },
    empty: {
      one: "{count} tom fil. Kopieringen kan ha misslyckats.",
      other: "{count} tomma filer. Kopieringen kan ha misslyckats.",
    },
    large: { one: "{count} bild större än {limit}.", other: "{count} bilder större än {limit}." },
    largeVideo: { one: "{count} film större än {limit}.", other: "{count} filmer större än {limit}." },
    misnamed: {
      one: "{count} fil som inte är vad namnet säger, utan till exempel en webbsida eller ett arkiv.",
      other: "{count} filer som inte är vad namnen säger, utan till exempel webbsidor eller arkiv.",
    },
    picture: {
      one: "{count} fil i ett format som tjänsten inte läser ({endings}). Spara den som JPEG för att ta med den.",
      other: "{count} filer i format som tjänsten inte läser ({endings}). Spara dem som JPEG för att ta med dem.",
    },
    video: {
      one: "{count} film i ett format som tjänsten inte läser ({endings}). Spara den som MP4 för att ta med den.",
      other: "{count} filmer i format som tjänsten inte läser ({endings}). Spara dem som MP4 för att ta med dem.",
    },
    sound: { one: "{count} ljudinspelning.", other: "{count} ljudinspelningar." },
    archive: {
      one: "{count} arkiv ({endings}). Packa upp det och välj bilderna i det.",
      other: "{count} arkiv ({endings}). Packa upp dem och välj bilderna i dem.",
    },
    document: { one: "{count} dokument ({endings}).", other: "{count} dokument ({endings})." },
    other: {
      one: "{count} annan fil som varken är ett foto eller en film.",
      other: "{count} andra filer som varken är foton eller filmer.",
    },
    passedOver: {
      one: "Förbigången: {count} fil som ett system har bredvid bilderna, till exempel en miniatyr eller en raderad fil.",
      other: "Förbigångna: {count} filer som system har bredvid bilderna, till exempel miniatyrer och raderade filer.",
    },
  },
});
