import { defineMessages } from "@/shared/i18n/catalogue";

export const helpMessages = defineMessages({
  en: {
    title: "Help",
    how: "How it works",
    howUpload:
      "Create an album and drop your photos on it; whole folders work too. If you close the page, open the album’s upload page again and it continues where it stopped.",
    howGroup:
      "Photos of the same moment become a group, and the best of each group is picked: sharp, well exposed, eyes open. Of an exposure bracket or a focus stack one photo is picked, of a panorama all. Photos in no group are picked too, except those that are black, white or blurred all over: they stand at the end of the review.",
    howReview:
      "Go through the groups. Keep or reject as many photos as you like. Your decisions always come first, also when you group again, more strictly or more loosely. If you want fewer picks, such as 50 for a book, the button with the number of picks spreads them over the album. The service learns your usual picks from what you keep; the account page shows what it has learned.",
    howDownload: "Download a zip of the picked originals, exactly as they came from your camera.",
    phone: "On a phone",
    phoneText:
      "The download page can also save or share the picks without a zip. To have the service among your apps, choose “Install as an app” in the account menu, or on an iPhone “Add to Home Screen” under Share.",
    keys: "Keys",
    keysText:
      "These work in the review and in the comparison. Press ? there to see all keys, and to choose those of another program.",
    files: "Supported files",
    filesTaken:
      "Photos as JPEG, HEIC, AVIF, WebP, PNG, TIFF, GIF, BMP, JPEG 2000 and JPEG XL, and RAW files of cameras: CR2, CR3, NEF, ARW, RAF, ORF, RW2, PEF, SRW, DNG and others. The content of a file counts, not its name.",
    filesNot:
      "RAW files are shown and judged by the picture that the camera has put into them; without one, the service develops them. A RAW file and the JPEG of the same shot are one photo, and both are in the zip. So are an edited copy and its original, and a photo with its sidecars (XMP, AAE, THM, Google Takeout's JSON). A video (MP4, MOV, 3GP, MKV, WebM or AVI) is shown by a picture from its beginning. It belongs to its moment, never competes with the photos, and goes into the zip unless you reject it. A file that cannot be read is listed with the reason; it does not hold up the others.",
    privacy: "Your photos stay yours",
    privacyText:
      "Only you can see your albums. Your photos are analyzed by this service and nowhere else. When you delete a photo, an album or your account, the originals and everything made from them are deleted.",
    trouble: "When something does not work",
    offlineQuestion: "The connection broke, or I closed the page",
    offlineAnswer:
      "Nothing is lost. Uploads resume when you are back online. If you closed the page, open the album’s upload page again. Files already sent are not sent twice.",
    sessionQuestion: "I am asked to sign in again",
    sessionAnswer: "Your session has expired. Sign in right there: the page stays as it was, and uploads continue.",
    failedQuestion: "Some photos failed",
    failedAnswer:
      "The album’s progress page lists them with the reason, and you can try again there. If a file is damaged, export it again and upload the new copy.",
    serviceQuestion: "A banner says that part of the service is down",
    serviceAnswer:
      "Everything you uploaded and decided is safe. Wait a few minutes; the banner disappears when the service is back.",
    modelQuestion: "A banner says that groups are less exact",
    modelAnswer:
      "Photos are still grouped, but by a simpler method, because no trained model is installed. Ask the operator of the service to install it. After that you can group your albums again.",
    apiQuestion: "Can I use this from a program?",
    apiAnswer: "Yes, all of it. Create a token on the account page and read the API documentation.",
    apiLink: "API documentation",
  },
  sv: {
    title: "Hjälp",
    how: "Så fungerar det",
    howUpload:
      "Skapa ett album och släpp dina bilder på det; hela mappar går också bra. Om du stänger sidan, öppna albumets uppladdning igen, så fortsätter den där den slutade.",
    howGroup:
      "Bilder av samma ögonblick blir en grupp, och den bästa i varje grupp väljs: skarp, väl exponerad, öppna ögon. Av en exponeringsserie eller fokusserie väljs en bild, av ett panorama alla. Bilder utan grupp väljs också, utom de som är svarta, vita eller oskarpa överallt: de står sist i granskningen.",
    howReview:
      "Gå igenom grupperna. Behåll eller välj bort så många bilder du vill. Dina beslut går alltid först, även när du grupperar om, striktare eller lösare. Om du vill ha färre bilder, till exempel 50 till en fotobok, sprider knappen med antalet valda dem över albumet. Tjänsten lär sig hur du brukar välja av det du behåller; kontosidan visar vad den har lärt sig.",
    howDownload: "Ladda ner en zip med de valda originalen, precis som de kom från din kamera.",
    phone: "På telefonen",
    phoneText:
      "På nedladdningssidan kan du också spara eller dela urvalet utan zip-fil. Vill du ha tjänsten bland dina appar, välj ”Installera som app” i kontomenyn, eller på en iPhone ”Lägg till på hemskärmen” under Dela.",
    keys: "Tangenter",
    keysText:
      "De här fungerar både i granskningen och i jämförelsen. Tryck ? där för att se alla tangenter, och för att välja dem från ett annat program.",
    files: "Filer som stöds",
    filesTaken:
      "Bilder som JPEG, HEIC, AVIF, WebP, PNG, TIFF, GIF, BMP, JPEG 2000 och JPEG XL, och kamerors RAW-filer: CR2, CR3, NEF, ARW, RAF, ORF, RW2, PEF, SRW, DNG med flera. Det är filens innehåll som räknas, inte dess namn.",
    filesNot:
      "RAW-filer visas och bedöms efter bilden som kameran har lagt i dem; saknas den framkallar tjänsten dem. En RAW-fil och JPEG-filen av samma bild räknas som en bild, och båda finns i zip-filen. Detsamma gäller en redigerad kopia och dess original, och en bild med sina följefiler (XMP, AAE, THM, Google Takeouts JSON). En film (MP4, MOV, 3GP, MKV, WebM eller AVI) visas med en bild från dess början. Den hör till sitt ögonblick, tävlar aldrig med bilderna och kommer med i zip-filen om du inte väljer bort den. En fil som inte kan läsas listas med skälet; den hindrar inte de andra.",
    privacy: "Dina bilder förblir dina",
    privacyText:
      "Bara du kan se dina album. Dina bilder analyseras av den här tjänsten och ingen annanstans. När du raderar en bild, ett album eller ditt konto raderas originalen och allt som skapats av dem.",
    trouble: "När något inte fungerar",
    offlineQuestion: "Anslutningen bröts, eller så stängde jag sidan",
    offlineAnswer:
      "Inget har gått förlorat. Uppladdningar fortsätter när du är online igen. Har du stängt sidan, öppna albumets uppladdning igen. Filer som redan har skickats skickas inte två gånger.",
    sessionQuestion: "Jag ombeds logga in igen",
    sessionAnswer:
      "Din session har gått ut. Logga in direkt på sidan: den är kvar som den var och uppladdningarna fortsätter.",
    failedQuestion: "Några bilder misslyckades",
    failedAnswer:
      "Albumets förlopp listar dem med skälet, och där kan du försöka igen. Är en fil skadad, exportera den igen och ladda upp den nya kopian.",
    serviceQuestion: "Ett meddelande säger att en del av tjänsten ligger nere",
    serviceAnswer:
      "Allt du har laddat upp och bestämt finns kvar. Vänta några minuter; meddelandet försvinner när tjänsten är tillbaka.",
    modelQuestion: "Ett meddelande säger att grupperna är mindre exakta",
    modelAnswer:
      "Bilderna grupperas ändå, men med en enklare metod, eftersom ingen tränad modell är installerad. Be den som driver tjänsten att installera den. Därefter kan du gruppera om dina album.",
    apiQuestion: "Kan jag använda det här från ett program?",
    apiAnswer: "Ja, alltihop. Skapa en nyckel på kontosidan och läs API-dokumentationen.",
    apiLink: "API-dokumentation",
  },
});
