import { RouterProvider } from "@tanstack/react-router";

import { createAppRouter } from "./app/router";
import { listenForInstallPrompt } from "./app/shell/install-prompt";
import { startPage } from "./app/start-page";
import { UploadsProvider } from "./features/upload/uploads-context";

listenForInstallPrompt();
startPage((client) => (
  <UploadsProvider>
    <RouterProvider router={createAppRouter(client)} />
  </UploadsProvider>
));
