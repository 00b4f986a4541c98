import { startPage } from "./app/start-page";
import { firstAnswers } from "./features/guest/api/shared-album";
import { GuestPage } from "./features/guest/pages/guest-page";
import { loadMoreTexts } from "./shared/i18n/texts";

/** The page for guests with a link, /s/<token>. The service has put the photos into it already. */
const token = location.pathname.split("/")[2] ?? "";
startPage(async (client) => {
  await Promise.all([firstAnswers(client, token), loadMoreTexts("guest")]);
  return <GuestPage token={token} />;
});
