import { defineMessages } from "@/shared/i18n/catalogue";

export const helpMessages = defineMessages({
  en: {
    title: "Help",
    how: "How it works",
    howUpload:
      "Make an album and drop your photos on it, whole folders too. You can close the page: go back to the album’s upload, and it goes on where it stopped.",
    howGroup:
      "Shots of the same moment become a group, and the best of each is picked: sharp, well exposed, eyes open. Photos without others like them are kept.",
    howReview:
      "Look through the groups. Keep or reject what you like, as many as you like; your word counts more than the ranking, also when you group anew, stricter or looser. From what you keep, the service learns how you choose: your account shows what.",
    howDownload: "Download a zip of the picked originals, exactly as they came from your camera.",
    keys: "Keys",
    keysText: "Press ? in the review and when comparing to see what works where. These work in both.",
    keyPlace: "Choose a photo",
    keyArrows: "The next photo or group",
    keySpace: "Keep the photo",
    keyZ: "Closer",
    keyX: "Reject it",
    keyU: "Take the last step back",
    keyHelp: "All keys of the page",
    keyEscape: "Back",
    space: "Space",
    files: "Which files are taken",
    filesTaken:
      "Photos as JPEG, HEIC, AVIF, WebP, PNG, TIFF, GIF, BMP and JPEG 2000. What counts is what is in a file, not its name.",
    filesNot:
      "Raw files and videos are not. Export raw files as JPEG first; a file that cannot be read is listed with the reason, and holds up no other.",
    privacy: "Your photos stay yours",
    privacyText:
      "Only you can see your albums, and your photos are analyzed on this service and nowhere else. Deleting an album, or your account, deletes the originals and everything made of them.",
    trouble: "When something does not work",
    offlineQuestion: "The connection broke, or I closed the page",
    offlineAnswer:
      "Nothing is lost. Uploads go on by themselves when the connection is back; after closing the page, open the album’s upload again. What has been sent is not sent twice.",
    sessionQuestion: "I am asked to sign in again",
    sessionAnswer: "Your session was over. Sign in on the spot: the page stays as it was, and uploads go on.",
    failedQuestion: "Some photos failed",
    failedAnswer:
      "The album’s progress lists them with the reason. Try them again there; if a file is damaged, export it anew and upload that.",
    serviceQuestion: "A banner says that part of the service is down",
    serviceAnswer:
      "What you have uploaded and decided is kept. Wait a few minutes: the service is asked again by itself, and the banner goes when all is well.",
    modelQuestion: "A banner says that the service runs without the ResNet50 model",
    modelAnswer:
      "Photos are still grouped, by a simpler method that is less exact. Whoever runs the service fetches the model with manage.py download_models; albums can be grouped anew after that.",
    apiQuestion: "Can a program do this too?",
    apiAnswer: "Yes: all of it. Make a token on the account page, and read the API documentation.",
    apiLink: "API documentation",
  },
  sv: {
    title: "Hjälp",
    how: "Så fungerar det",
    howUpload:
      "Skapa ett album och släpp dina bilder på det, även hela mappar. Du kan stänga sidan: gå tillbaka till albumets uppladdning, så fortsätter den där den slutade.",
    howGroup:
      "Bilder av samma ögonblick blir en grupp, och den bästa i varje väljs: skarp, väl exponerad, öppna ögon. Bilder utan andra som liknar dem behålls.",
    howReview:
      "Titta igenom grupperna. Behåll eller välj bort vad du vill, så många du vill; ditt ord väger tyngre än rangordningen, även när du grupperar om, strängare eller lösare. Av det du behåller lär sig tjänsten hur du väljer: ditt konto visar vad.",
    howDownload: "Ladda ner en zip med de valda originalen, precis som de kom från din kamera.",
    keys: "Tangenter",
    keysText: "Tryck ? i granskningen och när du jämför för att se vad som fungerar där. De här fungerar i båda.",
    keyPlace: "Välj en bild",
    keyArrows: "Nästa bild eller grupp",
    keySpace: "Behåll bilden",
    keyZ: "Närmare",
    keyX: "Välj bort den",
    keyU: "Ta tillbaka det senaste steget",
    keyHelp: "Sidans alla tangenter",
    keyEscape: "Tillbaka",
    space: "Mellanslag",
    files: "Vilka filer som tas emot",
    filesTaken:
      "Bilder som JPEG, HEIC, AVIF, WebP, PNG, TIFF, GIF, BMP och JPEG 2000. Det som räknas är vad som finns i filen, inte vad den heter.",
    filesNot:
      "Råfiler och filmer tas inte emot. Exportera råfiler som JPEG först; en fil som inte kan läsas listas med skälet och håller inte upp någon annan.",
    privacy: "Dina bilder förblir dina",
    privacyText:
      "Bara du kan se dina album, och dina bilder analyseras på den här tjänsten och ingen annanstans. När du raderar ett album, eller ditt konto, raderas originalen och allt som gjorts av dem.",
    trouble: "När något inte fungerar",
    offlineQuestion: "Anslutningen bröts, eller så stängde jag sidan",
    offlineAnswer:
      "Inget har gått förlorat. Uppladdningar fortsätter av sig själva när anslutningen är tillbaka; har du stängt sidan, öppna albumets uppladdning igen. Det som har skickats skickas inte två gånger.",
    sessionQuestion: "Jag ombeds logga in igen",
    sessionAnswer:
      "Din session hade gått ut. Logga in på stället: sidan är kvar som den var och uppladdningar fortsätter.",
    failedQuestion: "Några bilder misslyckades",
    failedAnswer:
      "Albumets förlopp listar dem med skälet. Försök igen där; är en fil skadad, exportera den på nytt och ladda upp den.",
    serviceQuestion: "Ett meddelande säger att en del av tjänsten ligger nere",
    serviceAnswer:
      "Det du har laddat upp och bestämt finns kvar. Vänta några minuter: tjänsten tillfrågas igen av sig själv, och meddelandet försvinner när allt är bra.",
    modelQuestion: "Ett meddelande säger att tjänsten körs utan ResNet50-modellen",
    modelAnswer:
      "Bilder grupperas ändå, med en enklare metod som är mindre exakt. Den som driver tjänsten hämtar modellen med manage.py download_models; därefter kan album grupperas om.",
    apiQuestion: "Kan ett program göra det här också?",
    apiAnswer: "Ja, alltihop. Skapa en nyckel på kontosidan och läs API-dokumentationen.",
    apiLink: "API-dokumentation",
  },
});
