import { startPage } from "./app/start-page";
import { firstAnswers } from "./features/guest/api/shared-album";
import { GuestPage } from "./features/guest/pages/guest-page";

/** The page for guests with a link, /s/<token>. The service has put the photos into it already. */
const token = location.pathname.split("/")[2] ?? "";
startPage(async (client) => {
  await firstAnswers(client, token);
  return <GuestPage token={token} />;
});
